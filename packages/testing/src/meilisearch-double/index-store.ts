import type { StoredFields } from './evaluate-filter.ts'
import { errorOf, type TaskError } from './task-queue.ts'

export type DoubleIndex = {
  uid: string
  primaryKey: string | null
  createdAt: string
  settings: Record<string, unknown>
  documents: Map<string, StoredFields>
}

const keyPattern = /^[A-Za-z0-9_-]{1,511}$/

/** The indexes, and what a task does to them. */
export function createIndexStore(now: () => Date) {
  const indexes = new Map<string, DoubleIndex>()
  const poison = new Map<string, string>()

  const create = (uid: string, primaryKey: string | null): DoubleIndex => {
    const index: DoubleIndex = { uid, primaryKey, createdAt: now().toISOString(), settings: {}, documents: new Map() }
    indexes.set(uid, index)
    return index
  }
  const missing = (uid: string): TaskError => errorOf('index_not_found', `Index \`${uid}\` not found.`)

  const refuse = (document: StoredFields, primaryKey: string): TaskError | null => {
    const key = document[primaryKey]
    if (typeof key !== 'string' || !keyPattern.test(key)) {
      return errorOf('invalid_document_id', `Document identifier \`${String(key)}\` is invalid.`)
    }
    const cause = poison.get(key)
    return cause === undefined ? null : errorOf('scripted_poison', cause)
  }

  return {
    find: (uid: string) => indexes.get(uid),
    list: () => [...indexes.values()],
    missing,
    /** A document with this key fails every task that carries it. */
    poison: (key: string, cause: string) => void poison.set(key, cause),
    cure: () => poison.clear(),
    reset: () => indexes.clear(),
    createIndex(uid: string, primaryKey: string | null): TaskError | null {
      if (indexes.has(uid)) return errorOf('index_already_exists', `Index \`${uid}\` already exists.`)
      create(uid, primaryKey)
      return null
    },
    deleteIndex: (uid: string): TaskError | null => (indexes.delete(uid) ? null : missing(uid)),
    updateSettings(uid: string, settings: Record<string, unknown>): TaskError | null {
      const index = indexes.get(uid) ?? create(uid, null)
      index.settings = { ...index.settings, ...settings }
      return null
    },
    addDocuments(uid: string, documents: StoredFields[], primaryKey: string): TaskError | null {
      const index = indexes.get(uid) ?? create(uid, primaryKey)
      index.primaryKey ??= primaryKey
      const error = documents.map((document) => refuse(document, primaryKey)).find((found) => found !== null)
      if (error) return error
      for (const document of documents) index.documents.set(String(document[primaryKey]), document)
      return null
    },
    deleteDocuments(uid: string, keys: string[] | 'all'): TaskError | null {
      const index = indexes.get(uid)
      if (!index) return missing(uid)
      if (keys === 'all') index.documents.clear()
      else for (const key of keys) index.documents.delete(key)
      return null
    },
    /** Contents change places, names stay, as the engine does it. */
    swap(pairs: [string, string][]): TaskError | null {
      const absent = pairs.flat().find((uid) => !indexes.has(uid))
      if (absent) return missing(absent)
      for (const [first, second] of pairs) {
        const [a, b] = [indexes.get(first), indexes.get(second)] as [DoubleIndex, DoubleIndex]
        indexes.set(first, { ...b, uid: first })
        indexes.set(second, { ...a, uid: second })
      }
      return null
    }
  }
}

export type IndexStore = ReturnType<typeof createIndexStore>
