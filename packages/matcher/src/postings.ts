import type { Thesaurus } from '@siku/thesaurus'
import { conceptScore } from './concept-features.ts'
import { meaningGain } from './embedding-similarity.ts'
import { nearInMeaning } from './embedding-scan.ts'
import { gatherCandidates } from './gather-candidates.ts'
import { conceptMatcherOf } from './match-concepts.ts'
import { profileOf, type Profile } from './profile.ts'
import { candidateFloor } from './read-weights.ts'
import { createShelf } from './shelf.ts'
import { similarityOf } from './similarity.ts'
import { topicSimilarity } from './topic-similarity.ts'
import type { MatchSide, Side, Weights } from './types.ts'

/** `candidateScore` is weight × value summed over the concept features, in log-odds and before their baselines: pair-local. */
export type Candidate = {
  id: string
  candidateScore: number
  /** Similarity in meaning where the record is a candidate by it, whatever its score. */
  similarity?: number
}

export type Candidates = {
  /** Best first, ties by id. On a large shelf only those whose score can still reach the threshold. */
  found: Candidate[]
  /** Records met in the lists. */
  touched: number
  /** Entries of the lists that were read. */
  postings: number
  /** Records that passed the filters and were given a candidate score. */
  scored: number
  /** Records that can reach the threshold may be missing, for more were met than asked for or than may be: the full run heals it. */
  cut: boolean
}

export type Postings = {
  put(side: Side, entry: MatchSide): void
  remove(side: Side, id: string): void
  has(side: Side, id: string): boolean
  size(side: Side): number
  /**
   * The best counterparts of an entry of the given side; `accepts` applies the hard filters before the cut to k. With a finite k no more
   * than a tenth of a large shelf is met.
   */
  candidates(side: Side, entry: MatchSide, k: number, accepts?: (id: string) => boolean): Candidates
}

const opposite: Record<Side, Side> = { demand: 'technology', technology: 'demand' }
const touchedShare = 0.1

/** In-process postings by concept: a demand asks technologies, a technology asks demands, both through concepts and their neighbours. */
export function createPostings(thesaurus: Thesaurus, weights: Weights): Postings {
  const shelves = { demand: createShelf(), technology: createShelf() }
  const similarity = similarityOf(thesaurus, weights)
  const match = conceptMatcherOf(thesaurus, weights)
  const floor = candidateFloor(weights)

  function scoreOf(demand: Profile, technology: Profile): number {
    const matched = match(demand, technology)
    const met = { demand: matched.demand, technology: matched.technology, topics: topicSimilarity(demand, technology) }
    return conceptScore(met, { demand: demand.mass, technology: technology.mass }, weights)
  }

  return {
    put(side, entry) {
      if (entry.tombstone) shelves[side].remove(entry.id)
      else shelves[side].put(entry.id, profileOf(entry, thesaurus, weights), entry.meaning)
    },
    remove: (side, id) => shelves[side].remove(id),
    has: (side, id) => shelves[side].has(id),
    size: (side) => shelves[side].size(),
    candidates(side, entry, k, accepts = () => true) {
      const shelf = shelves[opposite[side]]
      const profile = profileOf(entry, thesaurus, weights)
      const touchedMax = Number.isFinite(k) ? Math.floor(shelf.size() * touchedShare) : Infinity
      const gathered = gatherCandidates(shelf, profile, similarity, { side, weights, floor, touchedMax, massMax: shelf.massMax() })
      const { slots, postings, isPruned, isPartial } = gathered
      // What stands only in lists that were left out is missing below the floor: then nothing below it is told.
      const told: Candidate[] = []
      let scored = 0
      const near = nearInMeaning(shelf, entry.meaning, weights)
      for (const slot of near.size === 0 ? slots : new Set([...slots, ...near.keys()])) {
        const record = shelf.at(slot)
        if (record === undefined || !accepts(record.id)) continue
        const candidateScore = side === 'demand' ? scoreOf(profile, record.profile) : scoreOf(record.profile, profile)
        scored++
        const meaning = near.get(slot)
        if (meaning !== undefined) told.push({ id: record.id, candidateScore, similarity: meaning })
        else if (!isPruned || candidateScore >= floor) told.push({ id: record.id, candidateScore })
      }
      const reach = ({ candidateScore, similarity: meaning }: Candidate) => candidateScore + meaningGain(meaning, weights)
      told.sort((a, b) => reach(b) - reach(a) || (a.id < b.id ? -1 : 1))
      const found = told.length > k ? told.slice(0, k) : told
      return { found, touched: slots.length, postings, scored, cut: isPartial || told.length > k }
    }
  }
}
