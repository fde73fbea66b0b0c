import { addPosting, createPostingList, removePosting, type PostingList } from './posting-list.ts'
import { createFieldColumns, type FieldColumns } from './field-columns.ts'
import type { Meaning } from './embedding-space.ts'
import type { Profile } from './profile.ts'
import type { MatchSide, Weights } from './types.ts'

/** One side of the market, by concept. A record keeps its slot until it is removed; slots are used again. */
export type Shelf = {
  put(entry: MatchSide, profile: Profile): void
  remove(id: string): void
  has(id: string): boolean
  /** Empty where no record has the slot. */
  idAt(slot: number): string
  massAt(slot: number): number
  meaningAt(slot: number): Meaning | undefined
  fieldGains: FieldColumns['gainsOf']
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

function namesOf({ ids, topics }: Profile): Int32Array {
  const names = new Int32Array(ids.length + topics.ids.length)
  names.set(ids)
  topics.ids.forEach((topic, at) => (names[ids.length + at] = topicName(topic)))
  return names
}

export function createShelf(weights: Weights): Shelf {
  const lists = new Map<number, PostingList>()
  const columns = createColumns()
  const fields = createFieldColumns(weights)
  const { ids, names, masses, meanings } = columns
  let massMax: number | undefined = 0

  function remove(id: string): void {
    const slot = columns.slotOf.get(id)
    if (slot === undefined) return
    for (const name of names[slot] ?? []) {
      const list = lists.get(name)
      if (list) removePosting(list, slot)
    }
    // Looked for again only when asked: the heaviest seldom goes.
    if (masses[slot] === massMax) massMax = undefined
    columns.free(id, slot)
  }

  return {
    put(entry, profile) {
      remove(entry.id)
      const slot = columns.take(entry.id)
      fields.put(slot, entry)
      names[slot] = namesOf(profile)
      masses[slot] = profile.mass
      meanings[slot] = entry.meaning
      if (massMax !== undefined) massMax = Math.max(massMax, profile.mass)
      names[slot].forEach((name, at) => {
        const list = lists.get(name) ?? createPostingList()
        lists.set(name, list)
        addPosting(list, slot, profile.weights[at] ?? profile.topics.weights[at - profile.ids.length] ?? 0)
      })
    },
    remove,
    has: (id) => columns.slotOf.has(id),
    idAt: (slot) => ids[slot] ?? '',
    massAt: (slot) => masses[slot] ?? 0,
    meaningAt: (slot) => meanings[slot],
    fieldGains: (side, entry) => fields.gainsOf(side, entry),
    listOf: (concept) => lists.get(concept),
    topicListOf: (topic) => lists.get(topicName(topic)),
    size: () => columns.slotOf.size,
    massMax: () => (massMax ??= masses.reduce((most, mass) => Math.max(most, mass), 0)),
    slots: () => ids.length
  }
}

/** What is known of each slot, kind by kind: walking one of them touches nothing else. */
function createColumns() {
  const slotOf = new Map<string, number>()
  const ids: string[] = []
  /** The lists a record stands in, by name. */
  const names: (Int32Array | undefined)[] = []
  const masses: number[] = []
  const meanings: (Meaning | undefined)[] = []
  const unused: number[] = []
  return {
    slotOf,
    ids,
    names,
    masses,
    meanings,
    take(id: string): number {
      const slot = unused.pop() ?? ids.length
      slotOf.set(id, slot)
      ids[slot] = id
      return slot
    },
    free(id: string, slot: number): void {
      slotOf.delete(id)
      ids[slot] = ''
      names[slot] = undefined
      masses[slot] = 0
      meanings[slot] = undefined
      unused.push(slot)
    }
  }
}
