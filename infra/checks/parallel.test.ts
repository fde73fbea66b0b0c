import { languages, type Language } from '@siku/contracts'
import { detectLanguage } from '@siku/thesaurus'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { readCollection } from '../eval/collection.ts'
import { measure } from '../eval/measure.ts'
import { relevantCount } from '../eval/metrics.ts'
import { rankCollection } from '../eval/rank-collection.ts'

const collection = readCollection(fileURLToPath(new URL('../eval/parallel', import.meta.url)))
const { demands, technologies, judgements } = collection

/** nDCG@10 of each language divided by that of the same needs written in Chinese. */
const bars: Record<Exclude<Language, 'zh'>, number> = { en: 0.9, fr: 0.85, es: 0.85, pt: 0.85, ru: 0.85, ar: 0.8 }
/** A little below what the engine reaches; the bars alone would let every language sink together. */
const floors = { all: 0.9, zh: 0.86, recall: 0.95, silence: 0.9, precision: 0.8 }

t.test('Every need is there once in each of the seven languages, in that language, and has an answer', async (t) => {
  const needs = [...new Set(demands.map(({ need }) => need ?? ''))]
  t.ok(needs.length >= 20)
  t.ok(technologies.length >= 40)
  for (const need of needs) {
    const texts = demands.filter((demand) => demand.need === need)
    t.same(texts.map(({ lang }) => lang).toSorted(), languages.toSorted(), need)
    t.equal(new Set(texts.map(({ description }) => description)).size, languages.length, `${need} is written anew in each language`)
    for (const { id, lang, title, description } of texts) t.equal(detectLanguage(`${title}\n${description}`).language, lang, id)
  }
  for (const { id } of demands) t.ok(relevantCount(judgements.get(id) ?? new Map()) > 0, `${id} has an answer`)
  t.ok(technologies.every(({ lang }) => lang === 'zh'))
})

t.test('A need finds its technologies in whatever language it is written, nearly as well as in Chinese', async (t) => {
  const { all, byLanguage, comparedToChinese, silence } = measure(await rankCollection(collection))
  const reaches = (value: number | undefined, bar: number, what: string) =>
    t.ok((value ?? 0) >= bar, `${what}: ${value?.toFixed(3)} of ${bar}`)
  for (const [language, bar] of Object.entries(bars)) reaches(comparedToChinese[language]?.ratio?.value, bar, `${language} against Chinese`)
  reaches(all.systems['siku']?.ndcg10?.value, floors.all, 'nDCG@10')
  reaches(byLanguage['zh']?.systems['siku']?.ndcg10?.value, floors.zh, 'nDCG@10 in Chinese')
  reaches(all.systems['siku']?.recall20?.value, floors.recall, 'recall@20')
  reaches(silence.share?.value, floors.silence, 'silence')
  reaches(all.precision?.value, floors.precision, 'precision of what is proposed')
})
