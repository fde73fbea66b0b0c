/** The records of one concept: their slots, in a typed array that grows by doubling. */
export type PostingList = { slots: Int32Array; size: number }

export const createPostingList = (): PostingList => ({ slots: new Int32Array(4), size: 0 })

export function addPosting(list: PostingList, slot: number): void {
  if (list.size === list.slots.length) {
    const bigger = new Int32Array(list.size * 2)
    bigger.set(list.slots)
    list.slots = bigger
  }
  list.slots[list.size] = slot
  list.size++
}

/** Takes a record out by moving the last one into its place; the order of a list means nothing. */
export function removePosting(list: PostingList, slot: number): void {
  const at = list.slots.subarray(0, list.size).indexOf(slot)
  if (at < 0) return
  const last = --list.size
  list.slots[at] = list.slots[last] ?? 0
}
