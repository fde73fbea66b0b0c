import type { StoredFields } from './evaluate-filter.ts'
import { errorOf, type TaskError } from './task-queue.ts'

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
      Object.assign(findOrCreate(uid, null).settings, settings)
      return null
    },
    addDocuments(uid: string, documents: StoredFields[], primaryKey: string): TaskError | null {
      const index = findOrCreate(uid, primaryKey)
      index.primaryKey ??= primaryKey
      const error = documents.map((document) => refusal(document[primaryKey], poison)).find((found) => found !== null)
      if (error) return error
      for (const document of documents) index.documents.set(document[primaryKey] as string, document)
      return null
    },
    deleteDocuments(uid: string, keys: string[] | 'all'): TaskError | null {
      const index = indexes.get(uid)
      if (!index) return missing(uid)
      for (const key of keys === 'all' ? [...index.documents.keys()] : keys) index.documents.delete(key)
      return null
    },
    swap: (pairs: [string, string][]): TaskError | null => swapContents(indexes, pairs)
  }
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
