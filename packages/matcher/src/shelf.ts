import { addPosting, createPostingList, removePosting, type PostingList } from './posting-list.ts'
import type { Profile } from './profile.ts'

/** One side of the market, by concept. A record keeps its slot until it is removed; slots are used again. */
export type Shelf = {
  put(id: string, profile: Profile): void
  remove(id: string): void
  has(id: string): boolean
  idAt(slot: number): string | undefined
  /** Mass of all concepts of the record in the slot. */
  massAt(slot: number): number
  listOf(concept: number): PostingList | undefined
  size(): number
  /** Number of slots ever used: the length scratch arrays need. */
  slots(): number
}

export function createShelf(): Shelf {
  const lists = new Map<number, PostingList>()
  const slotOf = new Map<string, number>()
  const records: ({ id: string; profile: Profile } | undefined)[] = []
  const free: number[] = []

  function remove(id: string): void {
    const slot = slotOf.get(id)
    if (slot === undefined) return
    for (const { concept } of records[slot]?.profile.concepts ?? []) {
      const list = lists.get(concept)
      if (list) removePosting(list, slot)
    }
    slotOf.delete(id)
    records[slot] = undefined
    free.push(slot)
  }

  return {
    put(id, profile) {
      remove(id)
      const slot = free.pop() ?? records.length
      slotOf.set(id, slot)
      records[slot] = { id, profile }
      for (const entry of profile.concepts) {
        const list = lists.get(entry.concept) ?? createPostingList()
        lists.set(entry.concept, list)
        addPosting(list, slot, entry)
      }
    },
    remove,
    has: (id) => slotOf.has(id),
    idAt: (slot) => records[slot]?.id,
    massAt: (slot) => records[slot]?.profile.mass ?? 0,
    listOf: (concept) => lists.get(concept),
    size: () => slotOf.size,
    slots: () => records.length
  }
}
