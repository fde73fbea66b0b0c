import { serviceActor } from '@siku/contracts'
import { upstreams, upstreamSetting } from '@siku/gateway'
import { ProblemError } from '@siku/service-kit'
import { sql } from 'drizzle-orm'
import { Type } from 'typebox'
import t from 'tap'
import { doorFuzzing } from './fuzz/door-fuzzing.ts'
import { doorPages, passedOnAt } from './fuzz/door-pages.ts'
import { fuzzAll, uncaught } from './fuzz/fuzz-all.ts'
import { fuzzOperation, nameOf, newTally, type Fuzzing } from './fuzz/fuzz-operation.ts'
import { fuzzPage, type Page } from './fuzz/fuzz-pages.ts'
import { operationsOf, type Operation } from './support/openapi.ts'
import { suspiciousProvider } from './support/identity-provider.ts'
import { localServer } from './support/local-server.ts'
import { openDoor } from './support/open-door.ts'
import { scale } from './scale.ts'

/** R-E1 at the public door: its own operations, its pages and its forms. */
t.setTimeout(900_000)
const runs = 200 * scale
const seed = Number(process.env.SIKU_FUZZ_SEED ?? '20270301')

t.test('the gateway answers whatever is sent as its document says, and stores nothing that it refuses', async (t) => {
  const door = await openDoor(t)
  const { operations, forOperation, ...fuzzing } = await doorFuzzing(door)
  const { done } = await fuzzAll(t, { ...fuzzing, seed, runs }, { operations, forOperation })
  t.same(
    operations.map(nameOf).filter((name) => !done.has(name)),
    [],
    'every operation did what it was asked at least once'
  )
})

t.test('a program with a key is answered as the document says', async (t) => {
  const door = await openDoor(t)
  const { operations, forOperation, ...fuzzing } = await doorFuzzing(door)
  const byKey: typeof forOperation = async (operation) => ({ ...(await forOperation(operation)), callers: ['key'] })
  await fuzzAll(t, { ...fuzzing, seed, runs: runs / 4 }, { operations, forOperation: byKey })
})

t.test('every page and form of the gateway bears whatever an address or a form says, and stores nothing that it refuses', async (t) => {
  const { issuer, env } = await suspiciousProvider(t)
  const door = await openDoor(t, [], env)
  const { callersOf, storedMark } = await doorFuzzing(door)
  const pages = await doorPages(door, callersOf, issuer)
  t.ok(pages.filter(({ method }) => method === 'POST').length >= 5, pages.map(({ method, url }) => `${method} ${url}`).join(', '))
  let requests = 0
  for (const page of pages) {
    const { findings, statuses, ...told } = await fuzzPage({ door, storedMark, seed, runs }, page)
    requests += told.requests
    t.same(findings, [], `${page.method} ${page.url} ${JSON.stringify(statuses)}`)
  }
  t.comment(`${pages.length} pages, ${requests} requests`)
  t.same(uncaught, [], 'no error went uncaught')
})

t.test('what is passed on is answered by its service or refused at the door, whatever is sent', async (t) => {
  const seen = new Set<string>()
  const service = await localServer(t, (request, response) => {
    const { pathname } = new URL(String(request.url), 'http://service')
    seen.add(pathname)
    request.resume().on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'))
  })
  const door = await openDoor(t, [], Object.fromEntries(upstreams.map((name) => [upstreamSetting(name), service])))
  const { forOperation: _own, operations: _documented, ...fuzzing } = await doorFuzzing(door)
  const operations = passedOnAt(door.app)
  // They share one handler: few requests to each, and other ones to each.
  const forOperation = async (operation: Operation) => ({ seed: seed + operations.indexOf(operation) })
  // A length that does not fit its body never comes through a wire; the server that reads the wire would wait.
  const isAsked: Fuzzing['isAsked'] = ({ headers }) => headers['content-length'] === undefined
  const tally = await fuzzAll(
    t,
    { ...fuzzing, isAsked, callers: ['owner', 'reviewer', 'visitor'], seed, runs: runs / 10 },
    { operations, forOperation }
  )
  t.same(
    operations.map(nameOf).filter((name) => !tally.done.has(name)),
    [],
    'every route passed something on'
  )
  const prefixes = operations.map(({ path }) => path.replace('/{rest}', ''))
  const strays = [...seen].filter((path) => !prefixes.some((prefix) => path === prefix || path.startsWith(`${prefix}/`)))
  t.same(strays, [], 'and no service saw what lies outside the part of the API that was named')
})

t.test('control: routes that throw, that store what they refuse, and a page that sends to another site, are found', async (t) => {
  const text = Type.Object({ text: Type.String({ maxLength: 100 }) }, { additionalProperties: false })
  const config = { access: 'public' as const, idempotency: false as const }
  const schema = (operationId: string) => ({ operationId, tags: ['x'], summary: 'x', body: text, response: { 200: text } })
  const door = await openDoor(t, [
    async (app) => {
      app.post('/v1/traps/throws', { config, schema: schema('throws') }, async ({ body }) => {
        if (body.text.length > 50) throw new Error('a trap')
        return body
      })
      app.post('/v1/traps/stores', { config, schema: schema('stores') }, async ({ body }) => {
        await door.owner.withTx(serviceActor('service:gateway', 'trap'), (tx) =>
          tx.execute(sql`update gateway.account set display_name = display_name`)
        )
        if (body.text.length > 50) throw new ProblemError('SIKU_TRAP_REFUSED', 400, 'The text must be shorter')
        return body
      })
      app.get('/traps/onwards', { config, schema: { hide: true } }, async ({ query }, reply) =>
        reply.redirect((query as { next?: string }).next ?? '/', 303)
      )
    }
  ])
  const { storedMark, ...fuzzing } = await doorFuzzing(door)
  const tally = newTally()
  for (const operation of operationsOf(fuzzing.document).filter(({ path }) => path.startsWith('/v1/traps')))
    await fuzzOperation({ ...fuzzing, storedMark, seed, runs }, operation, tally)
  t.match(tally.findings, [
    { operation: 'POST /v1/traps/throws', what: /answered 500/ },
    { operation: 'POST /v1/traps/stores', what: /stored something/ }
  ])
  const page: Page = { method: 'GET', url: '/traps/onwards', good: [], headersOf: async () => ({}) }
  const { findings } = await fuzzPage({ door, storedMark, seed, runs }, page)
  t.match(findings, [{ operation: 'GET /traps/onwards', what: /sends on to/ }])
})
