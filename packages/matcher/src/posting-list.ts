/** One concept's records: slots and weights in typed arrays that grow by doubling. */
export type PostingList = { slots: Int32Array; masses: Float32Array; presences: Float32Array; size: number }

export const createPostingList = (): PostingList => ({
  slots: new Int32Array(4),
  masses: new Float32Array(4),
  presences: new Float32Array(4),
  size: 0
})

export function addPosting(list: PostingList, slot: number, entry: { mass: number; presence: number }): void {
  if (list.size === list.slots.length) {
    list.slots = grown(list.slots, new Int32Array(list.size * 2))
    list.masses = grown(list.masses, new Float32Array(list.size * 2))
    list.presences = grown(list.presences, new Float32Array(list.size * 2))
  }
  list.slots[list.size] = slot
  list.masses[list.size] = entry.mass
  list.presences[list.size] = entry.presence
  list.size++
}

function grown<T extends Int32Array | Float32Array>(old: T, bigger: T): T {
  bigger.set(old)
  return bigger
}

/** Takes a record out by moving the last one into its place; the order of a list means nothing. */
export function removePosting(list: PostingList, slot: number): void {
  const at = list.slots.subarray(0, list.size).indexOf(slot)
  if (at < 0) return
  const last = --list.size
  list.slots[at] = list.slots[last] ?? 0
  list.masses[at] = list.masses[last] ?? 0
  list.presences[at] = list.presences[last] ?? 0
}
