import type { Candidate, MatchSide, Side } from '@siku/matcher'
import type { MetRecord } from '@siku/search'
import type { Scorer } from './scoring.ts'

export type RankMet = { scorer: Pick<Scorer, 'cardScorer'>; side: Side; entry: MatchSide }

/** The records the index met as counterparts of an entry of the given side, best first, ties by id. */
export function rankMet(met: readonly MetRecord[], { scorer, side, entry }: RankMet): Candidate[] {
  const scoreOf = scorer.cardScorer(side, entry)
  const candidates = met.map(({ id, card }): Candidate => ({ id, candidateScore: scoreOf(card) }))
  return candidates.sort((a, b) => b.candidateScore - a.candidateScore || (a.id < b.id ? -1 : 1))
}
