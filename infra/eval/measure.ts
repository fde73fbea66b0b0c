import { bootstrap, mean, type Interval } from './bootstrap.ts'
import { averagePrecision, isRelevant, ndcg, recall, relevantCount, type Ranked } from './metrics.ts'
import { systemNames, type RankedCollection, type RankedDemand, type SystemName } from './rank-collection.ts'

export type Quality = { ndcg10: Interval | null; recall20: Interval | null; map: Interval | null }

/** What was measured of some needs. `judged` are those with an answer in the collection; only they count for the ranking. */
export type Measured = {
  needs: number
  judged: number
  systems: Record<SystemName, Quality>
  /** Proposals above the threshold, and the share of them that answer the need. */
  proposed: number
  precision: Interval | null
}

export type Evaluation = {
  all: Measured
  /** nDCG@10 of ours less that of each other system, need by need. */
  ahead: Record<Exclude<SystemName, 'siku'>, Interval | null>
  byLanguage: Record<string, Measured>
  byTheme: Record<string, Measured>
  /** Needs that nothing fits and that get no proposal. */
  silence: { needs: number; share: Interval | null; measuredOn: 'needs nothing fits' | 'needs without their own technologies' }
  candidates: { kept: number; touched: number }
}

const ndcgDepth = 10
const recallDepth = 20

export function measure({ demands, leaveOut }: RankedCollection): Evaluation {
  const judged = demands.filter(isJudged)
  return {
    all: measureNeeds(demands),
    ahead: Object.fromEntries(
      systemNames.filter((name) => name !== 'siku').map((name) => [name, aheadOf(judged, name)])
    ) as Evaluation['ahead'],
    byLanguage: groupBy(demands, ({ language }) => language),
    byTheme: groupBy(demands, ({ theme }) => theme),
    silence: silenceOf(demands, leaveOut),
    candidates: { kept: mean(demands.map(({ kept }) => kept)), touched: mean(demands.map(({ touched }) => touched)) }
  }
}

const isJudged = ({ grades }: RankedDemand): boolean => relevantCount(grades) > 0

function measureNeeds(demands: readonly RankedDemand[]): Measured {
  const judged = demands.filter(isJudged)
  const quality = (name: SystemName): Quality => ({
    ndcg10: over(judged, ({ rankings, grades }) => ndcg(rankings[name], grades, ndcgDepth)),
    recall20: over(judged, ({ rankings, grades }) => recall(rankings[name], grades, recallDepth)),
    map: over(judged, ({ rankings, grades }) => averagePrecision(rankings[name], grades))
  })
  return {
    needs: demands.length,
    judged: judged.length,
    systems: Object.fromEntries(systemNames.map((name) => [name, quality(name)])) as Measured['systems'],
    proposed: demands.reduce((sum, { proposed }) => sum + proposed.length, 0),
    precision: precisionOf(demands)
  }
}

const over = (demands: readonly RankedDemand[], valueOf: (demand: RankedDemand) => number): Interval | null =>
  bootstrap(demands.map(valueOf), mean)

/** Of all proposals together; a need with many counts by each of them. */
function precisionOf(demands: readonly RankedDemand[]): Interval | null {
  const counts = demands.map(({ proposed, grades }) => ({ proposed: proposed.length, right: rightOf(proposed, grades) }))
  return bootstrap(
    counts,
    (drawn) => drawn.reduce((sum, { right }) => sum + right, 0) / drawn.reduce((sum, { proposed }) => sum + proposed, 0)
  )
}

const rightOf = (proposed: readonly Ranked[], grades: RankedDemand['grades']) => proposed.filter(({ id }) => isRelevant(grades, id)).length

const aheadOf = (judged: readonly RankedDemand[], name: SystemName): Interval | null =>
  over(judged, ({ rankings, grades }) => ndcg(rankings.siku, grades, ndcgDepth) - ndcg(rankings[name], grades, ndcgDepth))

function groupBy(demands: readonly RankedDemand[], keyOf: (demand: RankedDemand) => string): Record<string, Measured> {
  const keys = [...new Set(demands.map(keyOf))].filter((key) => key !== '').toSorted()
  return Object.fromEntries(keys.map((key) => [key, measureNeeds(demands.filter((demand) => keyOf(demand) === key))]))
}

/** On needs that nothing fits; where the collection has none, on all needs without the technologies judged for them. */
function silenceOf(demands: readonly RankedDemand[], leaveOut: boolean): Evaluation['silence'] {
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
