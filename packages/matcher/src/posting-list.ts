/** The records of one concept or topic: their slots, and how much each speaks of it, in typed arrays that grow by doubling. */
export type PostingList = { slots: Int32Array; weights: Uint16Array; size: number }

/** Weights are kept as whole ten-thousandths, the very step of annotations: nothing is lost, and a long list takes a third of the room. */
export const weightSteps = 10_000
const weightMax = 2 ** 16 - 1

export const createPostingList = (): PostingList => ({ slots: new Int32Array(4), weights: new Uint16Array(4), size: 0 })

export function addPosting(list: PostingList, slot: number, weight: number): void {
  if (list.size === list.slots.length) {
    list.slots = grown(list.slots, Int32Array)
    list.weights = grown(list.weights, Uint16Array)
  }
  list.slots[list.size] = slot
  list.weights[list.size] = Math.min(weightMax, Math.round(weight * weightSteps))
  list.size++
}

function grown<T extends Int32Array | Uint16Array>(values: T, kind: new (length: number) => T): T {
  const bigger = new kind(values.length * 2)
  bigger.set(values)
  return bigger
}

/** Takes a record out by moving the last one into its place; the order of a list means nothing. */
export function removePosting(list: PostingList, slot: number): void {
  const at = list.slots.subarray(0, list.size).indexOf(slot)
  if (at < 0) return
  const last = --list.size
  list.slots[at] = list.slots[last] ?? 0
  list.weights[at] = list.weights[last] ?? 0
}
