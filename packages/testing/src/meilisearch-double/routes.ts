import { answerSearch, DoubleRequestError, filtered, selected, type SearchBody } from './answer-search.ts'
import type { StoredFields } from './evaluate-filter.ts'
import type { DoubleIndex, IndexStore } from './index-store.ts'
import { type DoubleTask, type TaskError, type TaskQueue } from './task-queue.ts'

export type Call = { method: string; path: string; query: URLSearchParams; body: unknown }
export type Answer = { status: number; body: unknown }
type Handler = (call: Call & { params: string[] }) => Answer

const ok = (body: unknown): Answer => ({ status: 200, body })
const accepted = ({ uid, indexUid, status, type, enqueuedAt }: DoubleTask): Answer =>
  ({ status: 202, body: { taskUid: uid, indexUid, status, type, enqueuedAt } })

/** The part of Meilisearch's HTTP the search package speaks. */
export function createRoutes(store: IndexStore, tasks: TaskQueue): (call: Call) => Answer {
  const enqueue = (call: Call, indexUid: string | null, type: string, run: () => TaskError | null): Answer =>
    accepted(tasks.enqueue({ indexUid, type, customMetadata: call.query.get('customMetadata') ?? undefined }, run))

  const indexOf = (uid: string): DoubleIndex => {
    const index = store.find(uid)
    if (!index) throw new DoubleRequestError('index_not_found', `Index \`${uid}\` not found.`)
    return index
  }

  const routes: [string, RegExp, Handler][] = [
    ['GET', /^\/health$/, () => ok({ status: 'available' })],
    ['GET', /^\/indexes$/, () => ok({ results: store.list().map(indexView), total: store.list().length, offset: 0, limit: 1_000 })],
    ['POST', /^\/indexes$/, (call) => {
      const { uid, primaryKey = null } = call.body as { uid: string; primaryKey?: string }
      return enqueue(call, uid, 'indexCreation', () => store.createIndex(uid, primaryKey))
    }],
    ['DELETE', /^\/indexes\/([^/]+)$/, (call) => enqueue(call, uidOf(call), 'indexDeletion', () => store.deleteIndex(uidOf(call)))],
    ['GET', /^\/indexes\/([^/]+)\/stats$/, (call) => ok({ numberOfDocuments: indexOf(uidOf(call)).documents.size, isIndexing: false, fieldDistribution: {} })],
    ['GET', /^\/indexes\/([^/]+)\/settings\/searchable-attributes$/, (call) => ok(indexOf(uidOf(call)).settings['searchableAttributes'] ?? ['*'])],
    ['PATCH', /^\/indexes\/([^/]+)\/settings$/, (call) =>
      enqueue(call, uidOf(call), 'settingsUpdate', () => store.updateSettings(uidOf(call), call.body as Record<string, unknown>))],
    ['POST', /^\/indexes\/([^/]+)\/documents$/, (call) => {
      const primaryKey = call.query.get('primaryKey') ?? 'id'
      return enqueue(call, uidOf(call), 'documentAdditionOrUpdate', () => store.addDocuments(uidOf(call), call.body as StoredFields[], primaryKey))
    }],
    ['POST', /^\/indexes\/([^/]+)\/documents\/delete-batch$/, (call) =>
      enqueue(call, uidOf(call), 'documentDeletion', () => store.deleteDocuments(uidOf(call), call.body as string[]))],
    ['DELETE', /^\/indexes\/([^/]+)\/documents$/, (call) =>
      enqueue(call, uidOf(call), 'documentDeletion', () => store.deleteDocuments(uidOf(call), 'all'))],
    ['GET', /^\/indexes\/([^/]+)\/documents$/, (call) => ok(documentsPage(indexOf(uidOf(call)), {
      limit: Number(call.query.get('limit') ?? 20), offset: Number(call.query.get('offset') ?? 0), fields: call.query.get('fields')?.split(',')
    }))],
    ['POST', /^\/indexes\/([^/]+)\/documents\/fetch$/, (call) => ok(documentsPage(indexOf(uidOf(call)), call.body as DocumentsPage))],
    ['POST', /^\/indexes\/([^/]+)\/search$/, (call) => ok(answerSearch(indexOf(uidOf(call)), call.body as SearchBody))],
    ['POST', /^\/multi-search$/, (call) => ok({
      results: (call.body as { queries: (SearchBody & { indexUid: string })[] }).queries
        .map((query) => ({ indexUid: query.indexUid, ...answerSearch(indexOf(query.indexUid), query) }))
    })],
    ['POST', /^\/swap-indexes$/, (call) =>
      enqueue(call, null, 'indexSwap', () => store.swap((call.body as { indexes: [string, string] }[]).map(({ indexes }) => indexes)))],
    ['GET', /^\/tasks$/, (call) => ok(tasksPage(tasks, call.query))],
    ['GET', /^\/tasks\/(\d+)$/, ({ params }) => {
      const task = tasks.find(Number(params[0]))
      if (!task) throw new DoubleRequestError('task_not_found', `Task \`${params[0]}\` not found.`)
      return ok(task)
    }]
  ]

  return (call) => {
    for (const [method, pattern, handler] of routes) {
      const match = method === call.method ? pattern.exec(call.path) : null
      if (match) return handler({ ...call, params: match.slice(1).map(decodeURIComponent) })
    }
    throw new DoubleRequestError('route_not_found', `The double does not know ${call.method} ${call.path}`)
  }
}

const uidOf = ({ params }: { params?: string[] }) => params?.[0] ?? ''
const indexView = ({ uid, primaryKey, createdAt }: DoubleIndex) => ({ uid, primaryKey, createdAt, updatedAt: createdAt })

type DocumentsPage = { ids?: string[]; filter?: string; fields?: string[]; limit?: number; offset?: number }

function documentsPage(index: DoubleIndex, { ids, filter, fields, limit = 20, offset = 0 }: DocumentsPage) {
  const wanted = ids === undefined ? null : new Set(ids)
  const found = filtered(index, filter, 'invalid_document_filter').filter((document) => wanted === null || wanted.has(String(document[index.primaryKey ?? 'id'])))
  return { results: found.slice(offset, offset + limit).map((document) => selected(document, fields)), total: found.length, limit, offset }
}

function tasksPage(tasks: TaskQueue, query: URLSearchParams) {
  const limit = Number(query.get('limit') ?? 20)
  const from = query.get('from')
  const types = query.get('types')?.split(',')
  const found = tasks.newestFirst().filter((task) => (types?.includes(task.type) ?? true) && (from === null || task.uid <= Number(from)))
  return { results: found.slice(0, limit), total: found.length, limit, from: found[0]?.uid ?? null, next: found[limit]?.uid ?? null }
}
