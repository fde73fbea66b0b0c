import type { Profile } from './profile.ts'
import type { Shelf } from './shelf.ts'
import type { Similarity } from './similarity.ts'

/** Matched masses of every record that shares something with the one who asks: what the concept features are made of. */
export type Gathered = {
  slots: readonly number[]
  /** Mass of the asking record that the other covers. */
  asking: Float64Array
  /** Mass of the other record that the asking one covers. */
  answering: Float64Array
}

/** Concepts in more of the shelf than this only add to records that rarer concepts found. */
const commonShare = 0.05
const commonMin = 2_000

/**
 * Walks the lists of the asking record's concepts and of their neighbours. The result equals the sums that scoring would find pair by
 * pair, except for records that only very common concepts would have led to.
 */
export function gatherCandidates(shelf: Shelf, profile: Profile, similarity: Similarity): Gathered {
  const touched = new Uint8Array(shelf.slots())
  const slots: number[] = []
  const isCommon = (size: number) => size > Math.max(commonMin, shelf.size() * commonShare)
  const rarestFirst = [...profile.concepts].sort((a, b) => (shelf.listOf(a.concept)?.size ?? 0) - (shelf.listOf(b.concept)?.size ?? 0))
  for (const { concept } of rarestFirst) {
    for (const near of similarity.near(concept)) {
      const list = shelf.listOf(near.concept)
      if (!list || (slots.length > 0 && isCommon(list.size))) continue
      for (let i = 0; i < list.size; i++) {
        const slot = list.slots[i] ?? 0
        if (touched[slot] === 0) {
          touched[slot] = 1
          slots.push(slot)
        }
      }
    }
  }
  return { slots, asking: askingMasses(shelf, profile, similarity, touched), answering: answeringMasses(shelf, profile, similarity) }
}

/** For each concept of the asking record the best counterpart in each touched record, summed. */
function askingMasses(shelf: Shelf, profile: Profile, similarity: Similarity, touched: Uint8Array): Float64Array {
  const sums = new Float64Array(touched.length)
  const best = new Float64Array(touched.length)
  for (const own of profile.concepts) {
    const seen: number[] = []
    for (const near of similarity.near(own.concept)) {
      const list = shelf.listOf(near.concept)
      if (!list) continue
      for (let i = 0; i < list.size; i++) {
        const slot = list.slots[i] ?? 0
        const gain = own.mass * near.similarity * (list.presences[i] ?? 0)
        if (touched[slot] === 0 || gain <= (best[slot] ?? 0)) continue
        if (best[slot] === 0) seen.push(slot)
        best[slot] = gain
      }
    }
    for (const slot of seen) {
      sums[slot] = (sums[slot] ?? 0) + (best[slot] ?? 0)
      best[slot] = 0
    }
  }
  return sums
}

/** The other way round: what each concept on the shelf finds in the asking record. */
function answeringMasses(shelf: Shelf, profile: Profile, similarity: Similarity): Float64Array {
  const bestFor = new Map<number, number>()
  for (const own of profile.concepts) {
    for (const near of similarity.near(own.concept)) {
      bestFor.set(near.concept, Math.max(bestFor.get(near.concept) ?? 0, near.similarity * own.presence))
    }
  }
  const sums = new Float64Array(shelf.slots())
  for (const [concept, best] of bestFor) {
    const list = shelf.listOf(concept)
    if (!list) continue
    for (let i = 0; i < list.size; i++) {
      const slot = list.slots[i] ?? 0
      sums[slot] = (sums[slot] ?? 0) + (list.masses[i] ?? 0) * best
    }
  }
  return sums
}
