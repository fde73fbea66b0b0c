import type { Thesaurus } from '@siku/thesaurus'
import { meaningGain } from './embedding-similarity.ts'
import { nearInMeaning } from './embedding-scan.ts'
import { bestFieldGain } from './field-columns.ts'
import { gatherCandidates } from './gather-candidates.ts'
import { profileOf } from './profile.ts'
import { candidateAndFieldFloor, candidateFloor } from './reach.ts'
import { createShelf } from './shelf.ts'
import { similarityOf } from './similarity.ts'
import type { MatchSide, Side, Weights } from './types.ts'
import { createWeighing } from './weigh-candidates.ts'

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
  /** Records that were given a candidate score, before the filters. */
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
  /** As `candidates`, but only those whose concepts, fields and meaning let them reach the threshold, in the order of what these say. */
  reaching(side: Side, entry: MatchSide, k: number, accepts?: (id: string) => boolean): Candidates
}

const opposite: Record<Side, Side> = { demand: 'technology', technology: 'demand' }
const touchedShare = 0.1

/** In-process postings by concept: a demand asks technologies, a technology asks demands, both through concepts and their neighbours. */
export function createPostings(thesaurus: Thesaurus, weights: Weights): Postings {
  const shelves = { demand: createShelf(weights), technology: createShelf(weights) }
  const similarity = similarityOf(thesaurus, weights)
  const weigh = createWeighing(thesaurus, weights)
  const floor = candidateFloor(weights)
  const screen = { least: candidateAndFieldFloor(weights), gainMax: bestFieldGain(weights) }

  function find(side: Side, entry: MatchSide, { k, accepts, isScreened }: Finding): Candidates {
    const shelf = shelves[opposite[side]]
    const profile = profileOf(entry, thesaurus, weights)
    const touchedMax = Number.isFinite(k) ? Math.floor(shelf.size() * touchedShare) : Infinity
    const gathered = gatherCandidates(shelf, profile, similarity, { side, weights, floor, touchedMax, massMax: shelf.massMax() })
    const near = nearInMeaning(shelf, entry.meaning, weights)
    const slots = near.size === 0 ? gathered.slots : Int32Array.from(new Set([...gathered.slots, ...near.keys()]))
    const scores = weigh(shelf, { side, profile, lists: gathered.lists }, slots)
    // What stands only in lists that were left out is missing below the floor: then nothing below it is told.
    const { least, gainMax } = isScreened ? screen : { least: gathered.isPruned ? floor : -Infinity, gainMax: 0 }
    const gainOf = isScreened ? shelf.fieldGains(side, entry) : withoutFields
    const best = createBest(k, accepts)
    slots.forEach((slot, at) => {
      const [candidateScore, similarity] = [scores[at] ?? 0, near.get(slot)]
      const isNear = similarity !== undefined
      if (!isNear && candidateScore + gainMax < least) return
      const reach = candidateScore + gainOf(slot)
      if (!isNear && reach < least) return
      const candidate = { id: shelf.idAt(slot), candidateScore, ...(isNear ? { similarity } : {}) }
      best.offer(candidate, reach + meaningGain(similarity, weights))
    })
    const { found, cut } = best.take()
    const { postings, isPartial } = gathered
    return { found, touched: gathered.slots.length, postings, scored: slots.length, cut: isPartial || cut }
  }

  return {
    put(side, entry) {
      if (entry.tombstone) shelves[side].remove(entry.id)
      else shelves[side].put(entry, profileOf(entry, thesaurus, weights))
    },
    remove: (side, id) => shelves[side].remove(id),
    has: (side, id) => shelves[side].has(id),
    size: (side) => shelves[side].size(),
    candidates: (side, entry, k, accepts = everyone) => find(side, entry, { k, accepts, isScreened: false }),
    reaching: (side, entry, k, accepts = everyone) => find(side, entry, { k, accepts, isScreened: true })
  }
}

type Finding = { k: number; accepts: (id: string) => boolean; isScreened: boolean }

const everyone = () => true
const withoutFields = () => 0

type Reaching = { candidate: Candidate; reach: number }

/**
 * The best k of all that are offered and accepted. Now and then the rest is dropped; who comes after that with less than the last of the
 * best is not even asked whether it would be accepted, for the filters cost as much as the score.
 */
function createBest(k: number, accepts: (id: string) => boolean) {
  let best: Reaching[] = []
  let least = -Infinity
  let isCut = false
  const trim = () => {
    best.sort((a, b) => b.reach - a.reach || (a.candidate.id < b.candidate.id ? -1 : 1))
    if (best.length <= k) return
    best = best.slice(0, k)
    isCut = true
    least = best.at(-1)?.reach ?? -Infinity
  }
  return {
    offer(candidate: Candidate, reach: number): void {
      if (reach < least || !accepts(candidate.id)) return
      best.push({ candidate, reach })
      if (best.length > 2 * k) trim()
    },
    take(): Pick<Candidates, 'found' | 'cut'> {
      trim()
      return { found: best.map(({ candidate }) => candidate), cut: isCut }
    }
  }
}
