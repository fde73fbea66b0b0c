import { conceptScore } from './concept-features.ts'
import type { PostingList } from './posting-list.ts'
import { massAt, presenceAt, type Profile } from './profile.ts'
import type { Shelf } from './shelf.ts'
import type { Similarity } from './similarity.ts'
import type { Side, Weights } from './types.ts'

export type Gathered = {
  /** Records met, each once, in the order of the shelf: that is how they lie in memory. */
  slots: Int32Array
  /** Entries of lists that were read for it. */
  postings: number
  /** A record that was not met could still reach the floor. */
  isPartial: boolean
  /** Every list that answers, read or not: whoever was met is weighed by all of them. */
  lists: readonly NearList[]
  /** Some lists were not read; whoever was not met for it scores below the floor, unless `isPartial`. */
  isPruned: boolean
}

export type GatherOptions = {
  side: Side
  weights: Weights
  floor: number
  touchedMax: number
  /** Mass of the heaviest record on the shelf. */
  massMax: number
}

/** A shelf below this size is read whole: it takes milliseconds, and nothing is lost. */
const largeShelf = 20_000

/**
 * Meets the records that share a concept, a neighbour of one, or a topic with the one who asks. On a large shelf lists are left out: first, longest
 * first, those that all together cannot lift a record over the floor (as in MaxScore, Turtle and Flood 1995); then, if still more would be
 * met than `touchedMax`, those that say least. Whoever was met by another list is scored with all its concepts all the same.
 */
export function gatherCandidates(shelf: Shelf, profile: Profile, similarity: Similarity, options: GatherOptions): Gathered {
  const lists = listsAround(shelf, profile, similarity, options.weights)
  const meeting = createMeeting(shelf.slots())
  if (shelf.size() < largeShelf) {
    for (const list of lists) meeting.meet(list.postings)
    return { slots: meeting.slots(), postings: meeting.postings(), lists, isPartial: false, isPruned: false }
  }
  const bound = createBound(profile, options)
  const needed = lists.toSorted((a, b) => b.postings.size - a.postings.size).filter((list) => !bound.spares(list))
  const left: NearList[] = []
  for (const list of needed.sort((a, b) => b.gain - a.gain)) {
    if (meeting.count() + list.postings.size <= options.touchedMax) meeting.meet(list.postings)
    else left.push(list)
  }
  if (meeting.count() === 0) meetShortest(meeting, left)
  const isPartial = left.some((list) => !bound.spares(list))
  const isPruned = needed.length < lists.length || left.length > 0
  return { slots: meeting.slots(), postings: meeting.postings(), lists, isPartial, isPruned }
}

/** Something has to answer, even where every list is too long. */
function meetShortest(meeting: Meeting, left: NearList[]): void {
  const [shortest] = left.sort((a, b) => a.postings.size - b.postings.size).splice(0, 1)
  if (shortest) meeting.meet(shortest.postings)
}

/**
 * `gain`: about how much of the score, in log-odds, a record may owe to this one list. `topic`: weight of the topic whose list it is;
 * `concept`: that of a concept, by its position.
 */
export type NearList = AskedList & { postings: PostingList; gain: number; concept?: number }
export type AskedList = { asked: { place: number; similarity: number }[]; topic: number }

/** The lists of the asking record's concepts, of their neighbours, and of its topics. */
function listsAround(shelf: Shelf, profile: Profile, similarity: Similarity, weights: Weights): NearList[] {
  return [...conceptLists(shelf, profile, similarity, weights), ...topicLists(shelf, profile, weights)]
}

/** How much of a topic the other side usually has. */
const usualTopic = 0.3

function topicLists(shelf: Shelf, { topics }: Profile, { features }: Weights): NearList[] {
  const lists: NearList[] = []
  topics.ids.forEach((id, at) => {
    const postings = shelf.topicListOf(id)
    const topic = topics.weights[at] ?? 0
    if (postings && postings.size > 0) lists.push({ postings, gain: features.topics.weight * topic * usualTopic, asked: [], topic })
  })
  return lists
}

function conceptLists(shelf: Shelf, profile: Profile, similarity: Similarity, { features }: Weights): NearList[] {
  const lists = new Map<number, NearList>()
  const worth = features.coverage.weight / (profile.mass || 1)
  profile.ids.forEach((concept, place) => {
    for (const near of similarity.near(concept)) {
      const postings = shelf.listOf(near.concept)
      if (!postings || postings.size === 0) continue
      const list = lists.get(near.concept) ?? { postings, gain: 0, asked: [], topic: 0, concept: near.concept }
      list.asked.push({ place, similarity: near.similarity })
      list.gain += massAt(profile, place) * near.similarity * worth
      lists.set(near.concept, list)
    }
  })
  return [...lists.values()]
}

const boundedBy = ['coverage', 'focus', 'mutual', 'evidence', 'topics'] as const

/** The lists spared so far, and the best score of a record that stands in no others. */
export function createBound(profile: Profile, { side, weights, floor, massMax }: Omit<GatherOptions, 'touchedMax'>) {
  const gains = new Float64Array(profile.ids.length)
  // With a negative weight less can be more, and nothing is bounded.
  const isBounded = boundedBy.every((feature) => weights.features[feature].weight >= 0)
  let spared = { gained: 0, best: 0, topics: 0 }

  function including({ asked, topic }: AskedList) {
    let { gained, best } = spared
    for (const { place, similarity } of asked) {
      gained += Math.max(0, massAt(profile, place) * similarity - (gains[place] ?? 0))
      best = Math.max(best, similarity * presenceAt(profile, place))
    }
    return { gained, best, topics: spared.topics + topic * topic }
  }

  return {
    /** Spares the list too, if nothing can reach the floor by the spared ones alone. */
    spares(list: AskedList): boolean {
      if (!isBounded) return false
      const next = including(list)
      // The other record may consist of nothing but the best answer there is.
      const answered = next.best * massMax
      const isDemand = side === 'demand'
      const concepts = isDemand ? { demand: next.gained, technology: answered } : { demand: answered, technology: next.gained }
      // Cauchy and Schwarz: the other record's topics have the length 1.
      const matched = { ...concepts, topics: Math.min(1, Math.sqrt(next.topics)) }
      const mass = isDemand ? { demand: profile.mass, technology: massMax } : { demand: massMax, technology: profile.mass }
      if (conceptScore(matched, mass, weights) >= floor) return false
      spared = next
      for (const { place, similarity } of list.asked) gains[place] = Math.max(gains[place] ?? 0, massAt(profile, place) * similarity)
      return true
    }
  }
}

type Meeting = ReturnType<typeof createMeeting>

/** Records met, each once. */
function createMeeting(slotCount: number) {
  const met = new Uint8Array(slotCount)
  let count = 0
  let read = 0
  return {
    count: () => count,
    postings: () => read,
    meet(list: PostingList): void {
      read += list.size
      for (let at = 0; at < list.size; at++) {
        const slot = list.slots[at] ?? 0
        count += 1 - (met[slot] ?? 0)
        met[slot] = 1
      }
    },
    slots(): Int32Array {
      const slots = new Int32Array(count)
      let at = 0
      for (let slot = 0; at < count; slot++) if (met[slot] === 1) slots[at++] = slot
      return slots
    }
  }
}
