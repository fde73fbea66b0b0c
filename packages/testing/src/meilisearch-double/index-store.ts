import type { StoredFields } from './evaluate-filter.ts'
import { errorOf, type TaskError } from './task-queue.ts'
import { embeddersOf, keepVectors, mergeEmbedders, vectorRefusal, type DoubleEmbedders } from './vectors.ts'

export type DoubleIndex = {
  uid: string
  primaryKey: string | null
  createdAt: string
  settings: Record<string, unknown>
  documents: Map<string, StoredFields>
}

export type IndexStore = ReturnType<typeof createIndexStore>

const keyPattern = /^[A-Za-z0-9_-]{1,511}$/
const missing = (uid: string): TaskError => errorOf('index_not_found', `Index \`${uid}\` not found.`)

/** The indexes, and what a task does to them. */
export function createIndexStore(now: () => Date) {
  const indexes = new Map<string, DoubleIndex>()
  const poison = new Map<string, string>()
  const findOrCreate = (uid: string, primaryKey: string | null): DoubleIndex => {
    const index = indexes.get(uid) ?? { uid, primaryKey, createdAt: now().toISOString(), settings: {}, documents: new Map() }
    indexes.set(uid, index)
    return index
  }

  return {
    find: (uid: string) => indexes.get(uid),
    list: () => [...indexes.values()],
    /** A document with this key fails every task that carries it. */
    poison: (key: string, cause: string) => void poison.set(key, cause),
    reset: () => indexes.clear(),
    createIndex(uid: string, primaryKey: string | null): TaskError | null {
      if (indexes.has(uid)) return errorOf('index_already_exists', `Index \`${uid}\` already exists.`)
      findOrCreate(uid, primaryKey)
      return null
    },
    deleteIndex: (uid: string): TaskError | null => (indexes.delete(uid) ? null : missing(uid)),
    updateSettings(uid: string, settings: Record<string, unknown>): TaskError | null {
      const index = findOrCreate(uid, null)
      const embedders = mergeEmbedders(embeddersOf(index), (settings['embedders'] ?? {}) as DoubleEmbedders)
      Object.assign(index.settings, settings, { embedders })
      return null
    },
    addDocuments: (uid: string, documents: StoredFields[], primaryKey: string) =>
      takeDocuments(findOrCreate(uid, primaryKey), { documents, primaryKey, poison, how: 'replace' }),
    /** Changes the fields that are given; documents that are not there are passed over. */
    changeDocuments: (uid: string, documents: StoredFields[], primaryKey: string) =>
      takeDocuments(findOrCreate(uid, primaryKey), { documents, primaryKey, poison, how: 'change-existing' }),
    deleteDocuments(uid: string, keys: string[] | 'all'): TaskError | null {
      const index = indexes.get(uid)
      if (!index) return missing(uid)
      for (const key of keys === 'all' ? [...index.documents.keys()] : keys) index.documents.delete(key)
      return null
    },
    swap: (pairs: [string, string][]): TaskError | null => swapContents(indexes, pairs)
  }
}

type Taking = {
  documents: StoredFields[]
  primaryKey: string
  poison: ReadonlyMap<string, string>
  how: 'replace' | 'change-existing'
}

function takeDocuments(index: DoubleIndex, { documents, primaryKey, poison, how }: Taking): TaskError | null {
  index.primaryKey ??= primaryKey
  const heldOf = (document: StoredFields) => index.documents.get(document[primaryKey] as string)
  const taken = how === 'replace' ? documents : documents.filter((document) => heldOf(document) !== undefined)
  const refusalOf = (document: StoredFields) =>
    refusal(document[primaryKey], poison) ??
    vectorRefusal(embeddersOf(index), document[primaryKey] as string, { document, held: heldOf(document) })
  const error = taken.map(refusalOf).find((found) => found !== null)
  if (error) return error
  for (const document of taken) {
    const held = heldOf(document)
    const changed = how === 'replace' ? document : { ...held, ...document }
    index.documents.set(document[primaryKey] as string, keepVectors(changed, held))
  }
  return null
}

function refusal(key: unknown, poison: ReadonlyMap<string, string>): TaskError | null {
  if (typeof key !== 'string' || !keyPattern.test(key))
    return errorOf('invalid_document_id', `Document identifier \`${JSON.stringify(key)}\` is invalid.`)
  const cause = poison.get(key)
  return cause === undefined ? null : errorOf('scripted_poison', cause)
}

/** Contents change places, names stay. */
function swapContents(indexes: Map<string, DoubleIndex>, pairs: [string, string][]): TaskError | null {
  for (const [first, second] of pairs) {
    const [a, b] = [indexes.get(first), indexes.get(second)]
    if (!a || !b) return missing(a ? second : first)
    indexes.set(first, { ...b, uid: first })
    indexes.set(second, { ...a, uid: second })
  }
  return null
}
