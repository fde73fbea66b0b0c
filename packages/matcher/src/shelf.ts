import { addPosting, createPostingList, removePosting, type PostingList } from './posting-list.ts'
import type { Profile } from './profile.ts'

export type ShelvedRecord = { id: string; profile: Profile }

/** One side of the market, by concept. A record keeps its slot until it is removed; slots are used again. */
export type Shelf = {
  put(id: string, profile: Profile): void
  remove(id: string): void
  has(id: string): boolean
  at(slot: number): ShelvedRecord | undefined
  listOf(concept: number): PostingList | undefined
  size(): number
  /** Mass of the heaviest record. */
  massMax(): number
  /** Number of slots ever used: the length scratch arrays need. */
  slots(): number
}

export function createShelf(): Shelf {
  const lists = new Map<number, PostingList>()
  const slotOf = new Map<string, number>()
  const records: (ShelvedRecord | undefined)[] = []
  const free: number[] = []
  let massMax: number | undefined = 0

  function remove(id: string): void {
    const slot = slotOf.get(id)
    if (slot === undefined) return
    for (const concept of records[slot]?.profile.ids ?? []) {
      const list = lists.get(concept)
      if (list) removePosting(list, slot)
    }
    slotOf.delete(id)
    // Looked for again only when asked: the heaviest seldom goes.
    if (records[slot]?.profile.mass === massMax) massMax = undefined
    records[slot] = undefined
    free.push(slot)
  }

  return {
    put(id, profile) {
      remove(id)
      const slot = free.pop() ?? records.length
      slotOf.set(id, slot)
      records[slot] = { id, profile }
      if (massMax !== undefined) massMax = Math.max(massMax, profile.mass)
      for (const concept of profile.ids) {
        const list = lists.get(concept) ?? createPostingList()
        lists.set(concept, list)
        addPosting(list, slot)
      }
    },
    remove,
    has: (id) => slotOf.has(id),
    at: (slot) => records[slot],
    listOf: (concept) => lists.get(concept),
    size: () => slotOf.size,
    massMax: () => (massMax ??= records.reduce((most, record) => Math.max(most, record?.profile.mass ?? 0), 0)),
    slots: () => records.length
  }
}
