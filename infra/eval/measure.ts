import { bootstrap, bootstrapMean, mean, type Interval } from './bootstrap.ts'
import { comparedToChinese, type LanguageRatio } from './compare-languages.ts'
import type { SystemKind } from './compared-systems.ts'
import type { Coverage } from './coverage.ts'
import { measureDossiers, type DossierQuality } from './measure-dossiers.ts'
import { averagePrecision, isRelevant, ndcg, ndcgDepth, recall, relevantCount, type Ranked } from './metrics.ts'
import type { RankedCollection } from './rank-collection.ts'
import type { RankedDemand } from './rank-need.ts'

export type Quality = { ndcg10: Interval | null; recall20: Interval | null; map: Interval | null }

/** What was measured of some needs. `judged` are those with an answer in the collection; only they count for the ranking. */
export type Measured = {
  needs: number
  judged: number
  /** By name of the system. */
  systems: Record<string, Quality>
  /** nDCG@10 of ours less that of each other system, need by need. */
  ahead: Record<string, Interval | null>
  /** Proposals above the threshold, and the share of them that answer the need. */
  proposed: number
  precision: Interval | null
  /** Needs that nothing fits and that get no proposal. */
  silence: Silence
}

export type Silence = { needs: number; share: Interval | null; measuredOn: 'needs nothing fits' | 'needs without their own technologies' }
/** nDCG@10 of ours less that of the best system of a kind. */
export type Margin = { name: string; ahead: Interval | null }

export type Evaluation = {
  all: Measured
  margins: { withoutThesaurus: Margin | null; withThesaurus: Margin | null }
  byLanguage: Record<string, Measured>
  byTheme: Record<string, Measured>
  /** By language, where the same needs are there in several. */
  comparedToChinese: Record<string, LanguageRatio>
  silence: Silence
  /** What the candidate stage keeps of the exact top 20 and of what is proposed, and how many records it touches. */
  candidates: { kept: number; proposedKept: number; touched: number }
  coverage: Coverage
  dossier: Record<'projects' | 'institutions', DossierQuality> | null
}

const recallDepth = 20

export function measure(ranked: RankedCollection): Evaluation {
  const { demands, systems, coverage, dossiers } = ranked
  const judged = demands.filter(isJudged)
  const all = measureNeeds(demands, ranked)
  const marginOver = (kind: SystemKind): Margin | null => {
    const best = systems
      .filter((system) => system.kind === kind)
      .toSorted((a, b) => (all.systems[b.name]?.ndcg10?.value ?? 0) - (all.systems[a.name]?.ndcg10?.value ?? 0))[0]
    return best && judged.length > 0 ? { name: best.name, ahead: all.ahead[best.name] ?? null } : null
  }
  return {
    all,
    margins: { withoutThesaurus: marginOver('without-thesaurus'), withThesaurus: marginOver('with-thesaurus') },
    byLanguage: groupBy(ranked, ({ language }) => language),
    byTheme: groupBy(ranked, ({ theme }) => theme),
    comparedToChinese: comparedToChinese(judged),
    silence: all.silence,
    candidates: {
      kept: mean(demands.map(({ kept }) => kept)),
      proposedKept: all.proposed === 0 ? 1 : demands.reduce((sum, { proposedFound }) => sum + proposedFound, 0) / all.proposed,
      touched: mean(demands.map(({ touched }) => touched))
    },
    coverage,
    dossier: dossiers && measureDossiers(dossiers)
  }
}

export const isJudged = ({ grades }: RankedDemand): boolean => relevantCount(grades) > 0

function measureNeeds(demands: readonly RankedDemand[], { systems, leaveOut }: RankedCollection): Measured {
  const judged = demands.filter(isJudged)
  const quality = (name: string): Quality => ({
    ndcg10: over(judged, ({ rankings, grades }) => ndcg(rankings[name] ?? [], grades, ndcgDepth)),
    recall20: over(judged, ({ rankings, grades }) => recall(rankings[name] ?? [], grades, recallDepth)),
    map: over(judged, ({ rankings, grades }) => averagePrecision(rankings[name] ?? [], grades))
  })
  return {
    needs: demands.length,
    judged: judged.length,
    systems: Object.fromEntries(systems.map(({ name }) => [name, quality(name)])),
    ahead: Object.fromEntries(systems.filter(({ name }) => name !== 'siku').map(({ name }) => [name, aheadOf(judged, name)])),
    proposed: demands.reduce((sum, { proposed }) => sum + proposed.length, 0),
    precision: precisionOf(demands),
    silence: silenceOf(demands, leaveOut)
  }
}

const over = (demands: readonly RankedDemand[], valueOf: (demand: RankedDemand) => number): Interval | null =>
  bootstrapMean(demands.map(valueOf))

/** Of all proposals together; a need with many counts by each of them. */
function precisionOf(demands: readonly RankedDemand[]): Interval | null {
  const counts = demands.map(({ proposed, grades }) => ({ proposed: proposed.length, right: rightOf(proposed, grades) }))
  return bootstrap(
    counts,
    (drawn) => drawn.reduce((sum, { right }) => sum + right, 0) / drawn.reduce((sum, { proposed }) => sum + proposed, 0)
  )
}

const rightOf = (proposed: readonly Ranked[], grades: RankedDemand['grades']) => proposed.filter(({ id }) => isRelevant(grades, id)).length

const aheadOf = (judged: readonly RankedDemand[], name: string): Interval | null =>
  over(judged, ({ rankings, grades }) => ndcg(rankings['siku'] ?? [], grades, ndcgDepth) - ndcg(rankings[name] ?? [], grades, ndcgDepth))

function groupBy(ranked: RankedCollection, keyOf: (demand: RankedDemand) => string): Record<string, Measured> {
  const keys = [...new Set(ranked.demands.map(keyOf))].filter((key) => key !== '').toSorted()
  return Object.fromEntries(
    keys.map((key) => [
      key,
      measureNeeds(
        ranked.demands.filter((demand) => keyOf(demand) === key),
        ranked
      )
    ])
  )
}

/** On needs that nothing fits; where there are none, on all needs without the technologies judged for them. */
function silenceOf(demands: readonly RankedDemand[], leaveOut: boolean): Silence {
  const unfitting = demands.filter((demand) => !isJudged(demand))
  if (!leaveOut && unfitting.length > 0) {
    return { needs: unfitting.length, share: over(unfitting, ({ proposed }) => silent(proposed)), measuredOn: 'needs nothing fits' }
  }
  return {
    needs: demands.length,
    share: over(demands, ({ proposedWithoutOwn }) => silent(proposedWithoutOwn)),
    measuredOn: 'needs without their own technologies'
  }
}

const silent = (proposed: readonly Ranked[]): number => (proposed.length === 0 ? 1 : 0)
