import { answerSearch, DoubleRequestError, filtered, selected, type SearchBody } from './answer-search.ts'
import type { StoredFields } from './evaluate-filter.ts'
import type { DoubleIndex, IndexStore } from './index-store.ts'
import type { DoubleTask, TaskError, TaskQueue } from './task-queue.ts'
import { shownVectors } from './vectors.ts'

export type Call = { method: string; path: string; query: URLSearchParams; body: unknown }
export type Answer = { status: number; body: unknown }
/** `name` is what stands in the place of `*` in the path. */
type Route = [method: string, path: string, handler: (name: string, call: Call) => Answer]

const ok = (body: unknown): Answer => ({ status: 200, body })

/** The part of Meilisearch's HTTP the search package speaks. */
export function createRoutes(store: IndexStore, tasks: TaskQueue): (call: Call) => Answer {
  const routes = [...readRoutes(store, tasks), ...taskRoutes(store, tasks)].map(([method, path, handler]) => ({
    method,
    handler,
    pattern: new RegExp(`^${path.replace('*', '([^/]+)')}$`)
  }))
  return (call) => {
    for (const { method, pattern, handler } of routes) {
      const match = method === call.method ? pattern.exec(call.path) : null
      if (match) return handler(decodeURIComponent(match[1] ?? ''), call)
    }
    throw new DoubleRequestError('route_not_found', `The double does not know ${call.method} ${call.path}`)
  }
}

function readRoutes(store: IndexStore, tasks: TaskQueue): Route[] {
  const indexOf = (uid: string): DoubleIndex => {
    const index = store.find(uid)
    if (!index) throw new DoubleRequestError('index_not_found', `Index \`${uid}\` not found.`)
    return index
  }
  const searchIn = (query: SearchBody & { indexUid: string }) => ({
    indexUid: query.indexUid,
    ...answerSearch(indexOf(query.indexUid), query)
  })
  return [
    ['GET', '/health', () => ok({ status: 'available' })],
    ['GET', '/indexes', () => ok({ results: store.list().map(indexView), total: store.list().length, offset: 0, limit: 1_000 })],
    ['GET', '/indexes/*/stats', (uid) => ok({ numberOfDocuments: indexOf(uid).documents.size, isIndexing: false, fieldDistribution: {} })],
    ['GET', '/indexes/*/settings/searchable-attributes', (uid) => ok(indexOf(uid).settings['searchableAttributes'] ?? ['*'])],
    ['GET', '/indexes/*/settings/embedders', (uid) => ok(indexOf(uid).settings['embedders'] ?? {})],
    ['GET', '/indexes/*/documents', (uid, { query }) => ok(documentsPage(indexOf(uid), pageAsked(query)))],
    ['POST', '/indexes/*/documents/fetch', (uid, { body }) => ok(documentsPage(indexOf(uid), body as DocumentsPage))],
    ['POST', '/indexes/*/search', (uid, { body }) => ok(answerSearch(indexOf(uid), body as SearchBody))],
    [
      'POST',
      '/multi-search',
      (_, { body }) => ok({ results: (body as { queries: Parameters<typeof searchIn>[0][] }).queries.map(searchIn) })
    ],
    ['GET', '/tasks', (_, { query }) => ok(tasksPage(tasks, query))],
    [
      'GET',
      '/tasks/*',
      (uid) => {
        const task = tasks.find(Number(uid))
        if (!task) throw new DoubleRequestError('task_not_found', `Task \`${uid}\` not found.`)
        return ok(task)
      }
    ]
  ]
}

function taskRoutes(store: IndexStore, tasks: TaskQueue): Route[] {
  const enqueue = ({ query }: Call, indexUid: string | null, type: string, run: () => TaskError | null): Answer =>
    accepted(tasks.enqueue({ indexUid, type, customMetadata: query.get('customMetadata') ?? undefined }, run))
  return [
    [
      'POST',
      '/indexes',
      (_, call) => {
        const { uid, primaryKey = null } = call.body as { uid: string; primaryKey?: string }
        return enqueue(call, uid, 'indexCreation', () => store.createIndex(uid, primaryKey))
      }
    ],
    ['DELETE', '/indexes/*', (uid, call) => enqueue(call, uid, 'indexDeletion', () => store.deleteIndex(uid))],
    [
      'PATCH',
      '/indexes/*/settings',
      (uid, call) => enqueue(call, uid, 'settingsUpdate', () => store.updateSettings(uid, call.body as Record<string, unknown>))
    ],
    [
      'POST',
      '/indexes/*/documents',
      (uid, call) => {
        const primaryKey = call.query.get('primaryKey') ?? 'id'
        return enqueue(call, uid, 'documentAdditionOrUpdate', () => store.addDocuments(uid, call.body as StoredFields[], primaryKey))
      }
    ],
    [
      'PUT',
      '/indexes/*/documents',
      (uid, call) =>
        enqueue(call, uid, 'documentAdditionOrUpdate', () => store.changeDocuments(uid, call.body as StoredFields[], keyOfChange(call)))
    ],
    [
      'POST',
      '/indexes/*/documents/delete-batch',
      (uid, call) => enqueue(call, uid, 'documentDeletion', () => store.deleteDocuments(uid, call.body as string[]))
    ],
    ['DELETE', '/indexes/*/documents', (uid, call) => enqueue(call, uid, 'documentDeletion', () => store.deleteDocuments(uid, 'all'))],
    [
      'POST',
      '/swap-indexes',
      (_, call) => {
        const swaps = call.body as { indexes: [string, string]; rename?: boolean }[]
        const pairs = swaps.map(({ indexes }) => indexes)
        return accepted(tasks.enqueue({ indexUid: null, type: 'indexSwap', details: { swaps } }, () => store.swap(pairs)))
      }
    ]
  ]
}

function keyOfChange({ query }: Call): string {
  if (query.get('skipCreation') !== 'true')
    throw new DoubleRequestError('bad_request', 'The double changes documents that are there; it creates none this way')
  return query.get('primaryKey') ?? 'id'
}

const accepted = ({ uid, indexUid, status, type, enqueuedAt }: DoubleTask): Answer => ({
  status: 202,
  body: { taskUid: uid, indexUid, status, type, enqueuedAt }
})

const indexView = ({ uid, primaryKey, createdAt }: DoubleIndex) => ({ uid, primaryKey, createdAt, updatedAt: createdAt })

type DocumentsPage = { ids?: string[]; filter?: string; fields?: string[]; limit?: number; offset?: number; retrieveVectors?: boolean }

const pageAsked = (query: URLSearchParams): DocumentsPage => ({
  limit: Number(query.get('limit') ?? 20),
  offset: Number(query.get('offset') ?? 0),
  fields: query.get('fields')?.split(',')
})

function documentsPage(index: DoubleIndex, { ids, filter, fields, limit = 20, offset = 0, retrieveVectors = false }: DocumentsPage) {
  const wanted = ids === undefined ? null : new Set<unknown>(ids)
  const found = filtered(index, filter, 'invalid_document_filter').filter(
    (document) => wanted?.has(document[index.primaryKey ?? 'id']) ?? true
  )
  const results = found.slice(offset, offset + limit).map((document) => selected(shownVectors(document, retrieveVectors), fields))
  return { results, total: found.length, limit, offset }
}

function tasksPage(tasks: TaskQueue, query: URLSearchParams) {
  const limit = Number(query.get('limit') ?? 20)
  const from = query.get('from')
  const types = query.get('types')?.split(',')
  const statuses = query.get('statuses')?.split(',')
  const isAsked = ({ uid, type, status }: DoubleTask) =>
    (types?.includes(type) ?? true) && (statuses?.includes(status) ?? true) && (from === null || uid <= Number(from))
  const found = tasks.newestFirst().filter(isAsked)
  return { results: found.slice(0, limit), total: found.length, limit, from: found[0]?.uid ?? null, next: found[limit]?.uid ?? null }
}
