import type { Thesaurus } from '@siku/thesaurus'
import { passesHardFilters } from './hard-filters.ts'
import { scoreFacts } from './score-facts.ts'
import { scorePair } from './score-pair.ts'
import type { Explanation, MatchSide, Weights } from './types.ts'

/** The exact oracle: every pair that passes the hard filters and reaches the threshold, best first, ties by id. Quadratic on purpose. */
export function matchAll(
  demands: readonly MatchSide[],
  technologies: readonly MatchSide[],
  setting: { thesaurus: Thesaurus; weights: Weights; today: string }
): Explanation[] {
  const { thesaurus, weights, today } = setting
  const matches: Explanation[] = []
  for (const demand of demands) {
    for (const technology of technologies) {
      if (!passesHardFilters(demand, technology, today)) continue
      if (scoreFacts(demand, technology, thesaurus, weights).scoreMillionths < weights.thresholdMillionths) continue
      matches.push(scorePair(demand, technology, thesaurus, weights))
    }
  }
  return matches.sort(byScoreThenId)
}

/** Best first; equal scores in the order of demand id, then technology id. */
export function byScoreThenId(a: Explanation, b: Explanation): number {
  return b.scoreMillionths - a.scoreMillionths || compareIds(a.demand.id, b.demand.id) || compareIds(a.technology.id, b.technology.id)
}

const compareIds = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
