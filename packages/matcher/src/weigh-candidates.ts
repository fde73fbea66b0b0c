import type { Thesaurus } from '@siku/thesaurus'
import { conceptScore } from './concept-features.ts'
import type { NearList } from './gather-candidates.ts'
import { weightSteps, type PostingList } from './posting-list.ts'
import { massAt, massOf, presenceAt, presenceOf, type Profile } from './profile.ts'
import type { Shelf } from './shelf.ts'
import type { Side, Weights } from './types.ts'

/** The asking record, on which side it stands, and the lists that answer it. */
export type Asking = { side: Side; profile: Profile; lists: readonly NearList[] }

/** Candidate scores of the records in the given slots, in their order. */
export type WeighCandidates = (shelf: Shelf, asking: Asking, slots: Int32Array) => Float64Array

/**
 * Scores records list by list (term at a time, with an accumulator for each record; Turtle and Flood 1995) rather than record by record: of
 * a record only the entries are read that count, and they lie side by side. For the same pair the sums come out the same to the last bit,
 * whatever else is on the shelf. The scratch arrays stay from call to call.
 */
export function createWeighing(thesaurus: Thesaurus, weights: Weights): WeighCandidates {
  const sums = createSums()
  const entries = createEntries()
  return (shelf, { side, profile, lists }, slots) => {
    sums.begin(slots, shelf.slots())
    const met = entries.ofMet(lists, sums.places)
    for (const answer of byPlace(profile, met)) addCovered(sums, entries, answer)
    for (const range of met) {
      const { concept, topic, asked } = range.list
      if (concept === undefined) addWeights(sums, entries, range, { at: topicsAt, each: topic / weightSteps })
      else {
        const each = mostOf(profile, asked) * massOf(concept, 1 / weightSteps, thesaurus, weights)
        addWeights(sums, entries, range, { at: answeredAt, each })
      }
    }
    const scores = scoresOf(sums, { shelf, side, profile, weights }, slots)
    sums.end(slots)
    return scores
  }
}

/** Of each record met: mass of the asking record that it covers, mass of its own that is asked for, what topics share, best answer so far. */
const [coveredAt, answeredAt, topicsAt, bestAt, width] = [0, 1, 2, 3, 4] as const

type Sums = ReturnType<typeof createSums>

function createSums() {
  const sums = { places: new Int32Array(0), values: new Float64Array(0), bestOf: new Int32Array(0) }
  return Object.assign(sums, {
    /** Gives each record a place among the sums, 1 for the first: whoever has none was not met. */
    begin(slots: Int32Array, slotCount: number): void {
      if (sums.places.length < slotCount) sums.places = new Int32Array(slotCount * 2)
      if (sums.bestOf.length <= slots.length) {
        sums.bestOf = new Int32Array((slots.length + 1) * 2)
        sums.values = new Float64Array(sums.bestOf.length * width)
      }
      for (let at = 0; at < slots.length; at++) sums.places[slots[at] as number] = at + 1
      sums.values.fill(0, 0, (slots.length + 1) * width)
      sums.bestOf.fill(0, 0, slots.length + 1)
    },
    end(slots: Int32Array): void {
      for (let at = 0; at < slots.length; at++) sums.places[slots[at] as number] = 0
    }
  })
}

/** Where the entries of a list stand among those of records met. */
type Range = { list: NearList; from: number; to: number }

type Entries = ReturnType<typeof createEntries>

/** The entries of records met, list after list: a long list is read once, and of it only the few that were met are walked again. */
function createEntries() {
  const kept = { places: new Int32Array(0), weights: new Uint16Array(0) }
  return Object.assign(kept, {
    ofMet(lists: readonly NearList[], places: Int32Array): Range[] {
      const most = lists.reduce((sum, { postings }) => sum + postings.size, 0)
      if (kept.places.length < most) Object.assign(kept, { places: new Int32Array(most * 2), weights: new Uint16Array(most * 2) })
      let end = 0
      return lists.map((list) => {
        const from = end
        end = keepMet(kept, list.postings, places, from)
        return { list, from, to: end }
      })
    }
  })
}

/** Returns where the next list begins. */
function keepMet(
  kept: Pick<Entries, 'places' | 'weights'>,
  { slots, weights, size }: PostingList,
  places: Int32Array,
  from: number
): number {
  let end = from
  for (let entry = 0; entry < size; entry++) {
    const place = places[slots[entry] as number] as number
    // Written always and passed by where nobody was met: a branch that is mostly taken wrongly costs more than the write.
    kept.places[end] = place
    kept.weights[end] = weights[entry] as number
    end += place === 0 ? 0 : 1
  }
  return end
}

const presences = Float64Array.from({ length: 2 ** 16 }, (_, step) => presenceOf(step / weightSteps))

/** A list that answers a concept of the asking record. */
type Answer = { token: number; mass: number; similarity: number; from: number; to: number }

/** All answers to one concept in a row. */
function byPlace(profile: Profile, met: readonly Range[]): Answer[] {
  const answers: Answer[][] = Array.from(profile.ids, () => [])
  for (const { list, from, to } of met) {
    for (const { place, similarity } of list.asked) {
      answers[place]?.push({ token: place + 1, mass: massAt(profile, place), similarity, from, to })
    }
  }
  return answers.flat()
}

/** Of several answers to a concept the best counts; `token` tells a sum that is of another concept still. */
function addCovered({ values, bestOf }: Sums, { places, weights }: Entries, { token, mass, similarity, from, to }: Answer): void {
  for (let entry = from; entry < to; entry++) {
    const place = places[entry] as number
    const value = similarity * (presences[weights[entry] as number] as number)
    const known = bestOf[place] === token ? (values[place * width + bestAt] as number) : 0
    if (value <= known) continue
    bestOf[place] = token
    values[place * width + bestAt] = value
    values[place * width + coveredAt] = (values[place * width + coveredAt] as number) + mass * (value - known)
  }
}

/** How surely the concept is asked for that asks most for it. */
const mostOf = (profile: Profile, asked: NearList['asked']): number =>
  asked.reduce((most, { place, similarity }) => Math.max(most, similarity * presenceAt(profile, place)), 0)

type Adding = { at: number; each: number }

function addWeights({ values }: Sums, { places, weights }: Entries, { from, to }: Range, { at, each }: Adding): void {
  for (let entry = from; entry < to; entry++) {
    const sum = (places[entry] as number) * width + at
    values[sum] = (values[sum] as number) + (weights[entry] as number) * each
  }
}

type Scoring = { shelf: Shelf; side: Side; profile: Profile; weights: Weights }

function scoresOf({ values }: Sums, { shelf, side, profile, weights }: Scoring, slots: Int32Array): Float64Array {
  const isDemand = side === 'demand'
  const own = profile.mass
  const scores = new Float64Array(slots.length)
  for (let at = 0; at < slots.length; at++) {
    const first = (at + 1) * width
    const covered = values[first + coveredAt] as number
    const answered = values[first + answeredAt] as number
    const topics = Math.min(1, values[first + topicsAt] as number)
    const other = shelf.massAt(slots[at] as number)
    scores[at] = isDemand
      ? conceptScore({ demand: covered, technology: answered, topics }, { demand: own, technology: other }, weights)
      : conceptScore({ demand: answered, technology: covered, topics }, { demand: other, technology: own }, weights)
  }
  return scores
}
