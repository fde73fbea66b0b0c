import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { DoubleRequestError } from './answer-search.ts'
import { createIndexStore, type IndexStore } from './index-store.ts'
import { createRoutes, type Answer } from './routes.ts'
import { createTaskQueue, errorOf, type TaskQueue } from './task-queue.ts'

/** What happens to a request; `times` of them, default one. */
export type DoubleFault = {
  on: (call: { method: string; path: string }) => boolean
  kind:
    | 'error-500'
    | 'too-busy-503'
    /** The connection ends before the request is taken. */
    | 'reset-before'
    /** The request is taken, its answer never arrives. */
    | 'reset-after'
    /** Neither an answer nor an end. */
    | 'hang'
  times?: number
}

export type MeilisearchDouble = {
  url: string
  key: string
  tasks: TaskQueue
  indexes: IndexStore
  /** Every request that arrived, oldest first. */
  calls: () => { method: string; path: string }[]
  inject: (fault: DoubleFault) => void
  /** How often a fault struck: the proof that it did. */
  struck: () => number
  /** The engine as after a new installation: no index, no task, numbers from 0 again. */
  reinstall: () => void
  close: () => Promise<void>
}

/** Speaks Meilisearch's HTTP on 127.0.0.1 as told: tasks, faults and order are scripted, ranking there is none. */
export async function createMeilisearchDouble({ now = () => new Date() }: { now?: () => Date } = {}): Promise<MeilisearchDouble> {
  const store = createIndexStore(now)
  const tasks = createTaskQueue(now)
  const answer = createRoutes(store, tasks)
  const calls: { method: string; path: string }[] = []
  const faults: (DoubleFault & { left: number })[] = []
  const key = 'double-key'
  let struck = 0

  const faultFor = (call: { method: string; path: string }) => {
    const fault = faults.find(({ on, left }) => left > 0 && on(call))
    if (!fault) return null
    fault.left -= 1
    struck += 1
    return fault.kind
  }

  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://double')
    const body = await readBody(request)
    const call = { method: request.method ?? 'GET', path: url.pathname }
    calls.push(call)
    const fault = faultFor(call)
    if (fault === 'reset-before') return void request.socket.destroy()
    if (fault === 'hang') return
    if (fault === 'error-500') return send(response, { status: 500, body: errorOf('internal', 'scripted', 'internal') })
    if (fault === 'too-busy-503') return send(response, { status: 503, body: errorOf('too_many_search_requests', 'scripted', 'system') })
    const given = request.headers.authorization === `Bearer ${key}` ? answerSafely(() => answer({ ...call, query: url.searchParams, body })) : refused
    if (fault === 'reset-after') return void request.socket.destroy()
    send(response, given)
  }

  const server = createServer((request, response) => void respond(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    key,
    tasks,
    indexes: store,
    calls: () => calls,
    inject: (fault) => void faults.push({ ...fault, left: fault.times ?? 1 }),
    struck: () => struck,
    reinstall() {
      store.reset()
      tasks.reset()
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    }
  }
}

const refused: Answer = { status: 403, body: errorOf('invalid_api_key', 'The provided API key is invalid.', 'auth') }

function answerSafely(work: () => Answer): Answer {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof DoubleRequestError)) throw error
    return { status: error.error.code.endsWith('_not_found') ? 404 : 400, body: error.error }
  }
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  let text = ''
  for await (const part of request) text += String(part)
  return text === '' ? undefined : JSON.parse(text)
}
