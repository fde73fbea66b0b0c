import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { answerOf, createSikuClient, followChanges, ifMatch, items, SikuProblemError } from '../src/index.ts'

type Answered = { status?: number; headers?: Record<string, string>; body?: unknown; hangUp?: true }
type Seen = { method: string; url: string; headers: IncomingMessage['headers']; body: string }

/** A server that answers what it is told to, in order, and keeps what it was sent. */
async function scriptedServer(t: Tap.Test, answers: Answered[]): Promise<{ baseUrl: string; seen: Seen[] }> {
  const seen: Seen[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request.setEncoding('utf8')) body += chunk
    seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body })
    const answer = answers.shift() ?? { status: 500, body: { detail: 'the script is over' } }
    if (answer.hangUp) return void request.socket.destroy()
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers })
    response.end(JSON.stringify(answer.body ?? {}))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => new Promise<void>((resolve) => void (server.closeAllConnections(), server.close(() => resolve()))))
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, seen }
}

declare namespace Tap {
  type Test = Pick<typeof t, 'teardown'>
}

async function refusalOf(call: Promise<unknown>): Promise<SikuProblemError> {
  const outcome = await call.catch((error: unknown) => error)
  if (outcome instanceof SikuProblemError) return outcome
  throw new Error(`not refused with a problem: ${String(outcome)}`)
}

const problem = { type: 'urn:siku:problem:SIKU_X', title: 'Bad', status: 400, code: 'SIKU_X_WRONG', requestId: 'r-1' }

t.test('a call', async (t) => {
  await t.test('carries the key and gives the value with its ETag, which the next change passes on', async (t) => {
    const { baseUrl, seen } = await scriptedServer(t, [
      { headers: { etag: '"7"' }, body: { id: 'm-1' } },
      { headers: { etag: '"8"' }, body: { id: 'm-1' } }
    ])
    const siku = createSikuClient({ baseUrl, apiKey: 'siku_key' })
    const { value, etag } = await answerOf(siku.GET('/v1/matches/{id}', { params: { path: { id: 'm-1' } } }))
    t.equal(value.id, 'm-1')
    await siku.POST('/v1/matches/{id}/take', { params: { path: { id: 'm-1' } }, headers: ifMatch(etag) })
    t.same(
      seen.map(({ method, url }) => `${method} ${url}`),
      ['GET /v1/matches/m-1', 'POST /v1/matches/m-1/take']
    )
    t.equal(seen[0]?.headers.authorization, 'Bearer siku_key')
    t.equal(seen[1]?.headers['if-match'], '"7"')
    t.throws(() => ifMatch(null), /carried no ETag/)
  })

  await t.test('asks for the token each time, so that a short-lived one is fresh', async (t) => {
    const { baseUrl, seen } = await scriptedServer(t, [{}, {}])
    let n = 0
    const siku = createSikuClient({ baseUrl, token: async () => `token-${++n}` })
    await siku.GET('/v1/vocabularies')
    await siku.GET('/v1/vocabularies')
    t.same(
      seen.map(({ headers }) => headers.authorization),
      ['Bearer token-1', 'Bearer token-2']
    )
  })

  await t.test('goes without a bearer where nobody signs in', async (t) => {
    const { baseUrl, seen } = await scriptedServer(t, [{}])
    await createSikuClient({ baseUrl }).GET('/v1/vocabularies')
    t.equal(seen[0]?.headers.authorization, undefined)
  })
})

t.test('a refusal', async (t) => {
  await t.test('is thrown with its code, its pointers and the request id', async (t) => {
    const errors = [{ pointer: '/title', detail: 'must not be empty' }]
    const { baseUrl, seen } = await scriptedServer(t, [{ status: 400, body: { ...problem, detail: 'Not right', errors } }])
    const siku = createSikuClient({ baseUrl })
    const refused = await refusalOf(siku.GET('/v1/thesaurus/concepts', { params: { query: { q: 'вода' } } }))
    t.match(refused, { status: 400, code: 'SIKU_X_WRONG', message: 'Not right', errors, requestId: 'r-1', retryAfterSeconds: null })
    t.equal(seen.length, 1, 'and not sent again')
    t.equal(new URL(seen[0]?.url ?? '', baseUrl).searchParams.get('q'), 'вода')
  })

  await t.test('that is no problem, as from a proxy in between, keeps its status', async (t) => {
    const { baseUrl } = await scriptedServer(t, [{ status: 418, headers: { 'x-request-id': 'r-2' }, body: 'teapot' }])
    const refused = await refusalOf(createSikuClient({ baseUrl }).GET('/v1/vocabularies'))
    t.match(refused, { status: 418, code: 'SIKU_CLIENT_NO_PROBLEM', requestId: 'r-2' })
  })
})

t.test('when something fails in passing', async (t) => {
  await t.test('a POST comes again under the same Idempotency-Key with the same body', async (t) => {
    const { baseUrl, seen } = await scriptedServer(t, [
      { hangUp: true },
      { status: 503, headers: { 'retry-after': '0' }, body: problem },
      { status: 201, body: { id: 'k-1' } }
    ])
    const siku = createSikuClient({ baseUrl, newKey: () => 'key-1' })
    await siku.POST('/v1/matches/{id}/reject', { params: { path: { id: 'm-1' } }, body: { reason: 'not-relevant' } as never })
    t.same(
      seen.map(({ headers }) => headers['idempotency-key']),
      ['key-1', 'key-1', 'key-1']
    )
    t.same(new Set(seen.map(({ body }) => body)), new Set(['{"reason":"not-relevant"}']))
  })

  await t.test('the key of the caller is kept, and two calls have two keys', async (t) => {
    const { baseUrl, seen } = await scriptedServer(t, [{}, {}, {}])
    const siku = createSikuClient({ baseUrl })
    const params = { path: { id: 'm-1' } }
    await siku.POST('/v1/matches/{id}/take', { params, headers: { 'idempotency-key': 'mine' } })
    await siku.POST('/v1/matches/{id}/take', { params })
    await siku.POST('/v1/matches/{id}/take', { params })
    const keys = seen.map(({ headers }) => headers['idempotency-key'])
    t.equal(keys[0], 'mine')
    t.equal(new Set(keys).size, 3)
  })

  await t.test('the last answer stands once the attempts are used up', async (t) => {
    const { baseUrl, seen } = await scriptedServer(t, [
      { status: 503, body: problem },
      { status: 503, body: { ...problem, status: 503 } }
    ])
    t.match(await refusalOf(createSikuClient({ baseUrl, attemptsMax: 2 }).GET('/v1/vocabularies')), { status: 503 })
    t.equal(seen.length, 2)
  })

  await t.test('a wait that is too long is the caller’s to decide', async (t) => {
    const { baseUrl, seen } = await scriptedServer(t, [{ status: 429, headers: { 'retry-after': '600' }, body: problem }])
    t.match(await refusalOf(createSikuClient({ baseUrl }).GET('/v1/vocabularies')), { status: 429, retryAfterSeconds: 600 })
    t.equal(seen.length, 1)
  })

  await t.test('a DELETE is never sent twice', async (t) => {
    const { baseUrl, seen } = await scriptedServer(t, [{ hangUp: true }, {}])
    await t.rejects(createSikuClient({ baseUrl }).DELETE('/v1/keys/{id}', { params: { path: { id: 'k-1' } } }))
    t.equal(seen.length, 1)
  })

  await t.test('an aborted call is not sent again', async (t) => {
    const { baseUrl, seen } = await scriptedServer(t, [])
    await t.rejects(createSikuClient({ baseUrl }).GET('/v1/vocabularies', { signal: AbortSignal.abort() }), { name: 'AbortError' })
    t.equal(seen.length, 0)
  })
})

t.test('a list is read page after page, to its end and no further', async (t) => {
  const { baseUrl, seen } = await scriptedServer(t, [
    { body: { data: [{ id: '1' }, { id: '2' }], next: 'c 1' } },
    { body: { data: [], next: 'c2' } },
    { body: { data: [{ id: '3' }], next: null } }
  ])
  const siku = createSikuClient({ baseUrl })
  const ids: string[] = []
  for await (const match of items((cursor) => siku.GET('/v1/matches', { params: { query: { cursor, limit: 2 } } }))) ids.push(match.id)
  t.same(ids, ['1', '2', '3'])
  t.same(
    seen.map(({ url }) => new URL(url, baseUrl).searchParams.get('cursor')),
    [null, 'c 1', 'c2']
  )
})

t.test('a change feed is followed from where one was, waits when nothing is new, and ends when it is told to', async (t) => {
  const pages = [
    { data: ['a', 'b'], next: 'p2' },
    { data: [], next: 'p2' },
    { data: ['c'], next: 'p3' },
    { data: [], next: 'p3' }
  ]
  const asked: (string | undefined)[] = []
  const end = new AbortController()
  const read = async (cursor: string | undefined) => {
    asked.push(cursor)
    const page = pages.shift()
    if (page === undefined || pages.length === 0) end.abort()
    return { data: page ?? { data: [], next: 'p3' } }
  }
  const batches = []
  for await (const batch of followChanges(read, { from: 'p1', pauseMs: 1, signal: end.signal })) batches.push(batch)
  t.same(batches, [
    { changes: ['a', 'b'], cursor: 'p2' },
    { changes: ['c'], cursor: 'p3' }
  ])
  t.same(asked, ['p1', 'p2', 'p2', 'p3'])
})
