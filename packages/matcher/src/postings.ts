import type { Thesaurus } from '@siku/thesaurus'
import { conceptFeatures } from './concept-features.ts'
import { gatherCandidates } from './gather-candidates.ts'
import { profileOf } from './profile.ts'
import { createShelf } from './shelf.ts'
import { similarityOf } from './similarity.ts'
import type { MatchSide, Side, Weights } from './types.ts'

/** `candidateScore` is weight × value summed over the concept features, in log-odds and before their baselines: pair-local. */
export type Candidate = { id: string; candidateScore: number }

export type Candidates = {
  /** Best first, ties by id. */
  found: Candidate[]
  /** Records met in the lists. */
  touched: number
  /** Records that passed the filters and were given a candidate score. */
  scored: number
  /** More were found than asked for: what is missing is healed by the full run. */
  cut: boolean
}

export type Postings = {
  put(side: Side, entry: MatchSide): void
  remove(side: Side, id: string): void
  has(side: Side, id: string): boolean
  size(side: Side): number
  /** The best counterparts of an entry of the given side; `accepts` applies the hard filters before the cut to k. */
  candidates(side: Side, entry: MatchSide, k: number, accepts?: (id: string) => boolean): Candidates
}

const opposite: Record<Side, Side> = { demand: 'technology', technology: 'demand' }

/** In-process postings by concept: a demand asks technologies, a technology asks demands, both through concepts and their neighbours. */
export function createPostings(thesaurus: Thesaurus, weights: Weights): Postings {
  const shelves = { demand: createShelf(), technology: createShelf() }
  const similarity = similarityOf(thesaurus, weights)
  return {
    put(side, entry) {
      if (entry.tombstone) shelves[side].remove(entry.id)
      else shelves[side].put(entry.id, profileOf(entry, thesaurus, weights))
    },
    remove: (side, id) => shelves[side].remove(id),
    has: (side, id) => shelves[side].has(id),
    size: (side) => shelves[side].size(),
    candidates(side, entry, k, accepts = () => true) {
      const shelf = shelves[opposite[side]]
      const profile = profileOf(entry, thesaurus, weights)
      const { slots, asking, answering } = gatherCandidates(shelf, profile, similarity)
      const scored = slots.flatMap((slot): Candidate[] => {
        const id = shelf.idAt(slot)
        if (id === undefined || !accepts(id)) return []
        const own = { matched: asking[slot] ?? 0, mass: profile.mass }
        const other = { matched: answering[slot] ?? 0, mass: shelf.massAt(slot) }
        return [{ id, candidateScore: side === 'demand' ? scoreOf(own, other, weights) : scoreOf(other, own, weights) }]
      })
      scored.sort((a, b) => b.candidateScore - a.candidateScore || (a.id < b.id ? -1 : 1))
      return { found: scored.slice(0, k), touched: slots.length, scored: scored.length, cut: scored.length > k }
    }
  }
}

type Matched = { matched: number; mass: number }

function scoreOf(demand: Matched, technology: Matched, weights: Weights): number {
  const features = conceptFeatures(
    { demand: demand.matched, technology: technology.matched },
    { demand: demand.mass, technology: technology.mass },
    weights
  )
  return (['coverage', 'focus', 'mutual', 'evidence'] as const).reduce(
    (sum, feature) => sum + weights.features[feature].weight * features[feature],
    0
  )
}
