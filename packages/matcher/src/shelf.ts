import { addPosting, createPostingList, removePosting, type PostingList } from './posting-list.ts'
import type { Meaning } from './embedding-space.ts'
import type { Profile } from './profile.ts'

export type ShelvedRecord = { id: string; profile: Profile; meaning: Meaning | undefined }

/** One side of the market, by concept. A record keeps its slot until it is removed; slots are used again. */
export type Shelf = {
  put(id: string, profile: Profile, meaning?: Meaning): void
  remove(id: string): void
  has(id: string): boolean
  at(slot: number): ShelvedRecord | undefined
  listOf(concept: number): PostingList | undefined
  topicListOf(topic: number): PostingList | undefined
  size(): number
  /** Mass of the heaviest record. */
  massMax(): number
  /** Number of slots ever used: the length scratch arrays need. */
  slots(): number
}

/** Lists of concepts are named by their position, those of topics by its complement. */
const topicName = (topic: number): number => ~topic

function* listsOf({ ids, topics }: Profile): Iterable<number> {
  yield* ids
  for (const topic of topics.ids) yield topicName(topic)
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
    const profile = records[slot]?.profile
    for (const name of profile ? listsOf(profile) : []) {
      const list = lists.get(name)
      if (list) removePosting(list, slot)
    }
    slotOf.delete(id)
    // Looked for again only when asked: the heaviest seldom goes.
    if (records[slot]?.profile.mass === massMax) massMax = undefined
    records[slot] = undefined
    free.push(slot)
  }

  return {
    put(id, profile, meaning) {
      remove(id)
      const slot = free.pop() ?? records.length
      slotOf.set(id, slot)
      records[slot] = { id, profile, meaning }
      if (massMax !== undefined) massMax = Math.max(massMax, profile.mass)
      for (const name of listsOf(profile)) {
        const list = lists.get(name) ?? createPostingList()
        lists.set(name, list)
        addPosting(list, slot)
      }
    },
    remove,
    has: (id) => slotOf.has(id),
    at: (slot) => records[slot],
    listOf: (concept) => lists.get(concept),
    topicListOf: (topic) => lists.get(topicName(topic)),
    size: () => slotOf.size,
    massMax: () => (massMax ??= records.reduce((most, record) => Math.max(most, record?.profile.mass ?? 0), 0)),
    slots: () => records.length
  }
}
