import { bootstrap, mean, type Interval } from './bootstrap.ts'
import { ndcg, ndcgDepth } from './metrics.ts'
import type { RankedDemand } from './rank-need.ts'

export type LanguageRatio = { needs: number; ndcg10: Interval | null; ratio: Interval | null }

const standard = 'zh'

/** nDCG@10 of each language divided by that of the same needs written in Chinese. */
export function comparedToChinese(judged: readonly RankedDemand[]): Record<string, LanguageRatio> {
  const quality = ({ rankings, grades }: RankedDemand) => ndcg(rankings['siku'] ?? [], grades, ndcgDepth)
  const inChinese = new Map(judged.filter(({ language }) => language === standard).map((demand) => [demand.need, quality(demand)]))
  const languages = [...new Set(judged.map(({ language }) => language))].filter((language) => language !== standard).toSorted()
  const ratios = languages.flatMap((language): [string, LanguageRatio][] => {
    const pairs = judged
      .filter((demand) => demand.language === language && inChinese.has(demand.need))
      .map((demand) => ({ own: quality(demand), chinese: inChinese.get(demand.need) ?? 0 }))
    if (pairs.length === 0) return []
    const ratio = bootstrap(pairs, (drawn) => mean(drawn.map(({ own }) => own)) / mean(drawn.map(({ chinese }) => chinese)))
    return [[language, { needs: pairs.length, ndcg10: bootstrap(pairs, (drawn) => mean(drawn.map(({ own }) => own))), ratio }]]
  })
  return Object.fromEntries(ratios)
}
