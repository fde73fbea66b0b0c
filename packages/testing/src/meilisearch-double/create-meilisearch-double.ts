import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { DoubleRequestError } from './answer-search.ts'
import { createFaults, type DoubleFault } from './faults.ts'
import { createIndexStore, type IndexStore } from './index-store.ts'
import { createRoutes, type Answer, type Call } from './routes.ts'
import { createTaskQueue, errorOf, type TaskQueue } from './task-queue.ts'

export type MeilisearchDouble = {
  url: string
  key: string
  tasks: TaskQueue
  indexes: IndexStore
  /** Every request that arrived, oldest first. */
  calls: () => { method: string; path: string }[]
  inject: (fault: DoubleFault) => void
  struck: () => number
  /** The engine as after a new installation: no index, no task, numbers from 0 again. */
  reinstall: () => void
  close: () => Promise<void>
}

const key = 'double-key'

/** Speaks Meilisearch's HTTP on 127.0.0.1 as told: tasks, faults and order are scripted, ranking there is none. */
export async function createMeilisearchDouble({ now = () => new Date() }: { now?: () => Date } = {}): Promise<MeilisearchDouble> {
  const indexes = createIndexStore(now)
  const tasks = createTaskQueue(now)
  const faults = createFaults()
  const calls: { method: string; path: string }[] = []
  const answer = createRoutes(indexes, tasks)

  const server = createServer(async (request, response) => {
    const call = await readCall(request)
    calls.push({ method: call.method, path: call.path })
    const isAllowed = request.headers.authorization === `Bearer ${key}`
    await respond(response, faults.take(call), () => (isAllowed ? answerSafely(() => answer(call)) : refused))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  let closing: Promise<unknown> | null = null
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    key,
    tasks,
    indexes,
    calls: () => calls,
    inject: (fault) => faults.inject(fault),
    struck: () => faults.struck(),
    reinstall() {
      indexes.reset()
      tasks.reset()
    },
    async close() {
      closing ??= once(server.close(), 'close')
      server.closeAllConnections()
      await closing
    }
  }
}

async function respond(response: ServerResponse, fault: DoubleFault | null, take: () => Answer): Promise<void> {
  if (fault?.kind === 'hang') return
  if (fault?.kind === 'reset-before') return void response.destroy()
  if (fault?.kind === 'error-500') return send(response, { status: 500, body: errorOf('internal', 'scripted', 'internal') })
  if (fault?.kind === 'too-busy-503')
    return send(response, { status: 503, body: errorOf('too_many_search_requests', 'scripted', 'system') })
  const taken = take()
  if (fault?.kind === 'reset-after') return void response.destroy()
  if (fault?.kind === 'slow') await pause(fault.ms ?? 100)
  send(response, taken)
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

async function readCall(request: IncomingMessage): Promise<Call> {
  let text = ''
  for await (const part of request) text += String(part)
  const url = new URL(request.url ?? '/', 'http://double')
  return { method: request.method ?? 'GET', path: url.pathname, query: url.searchParams, body: text === '' ? undefined : JSON.parse(text) }
}
