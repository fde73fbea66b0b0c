import { Closed } from '@siku/contracts'
import { createLogger, createService, refTo, type RatePolicy, type ServicePlugin } from '@siku/service-kit'
import t from 'tap'
import { Type } from 'typebox'
import { documented, Note, notes, read, write, type Answer } from './support/notes.ts'
import { as, byName, noDatabase, testService } from './support/service.ts'

t.test('answers', async (t) => {
  const { app, lines } = await testService(t, notes, { schemas: [Note] })
  const create = (title: string) => app.inject({ method: 'POST', url: '/v1/notes', payload: { title }, headers: as('memberOfA') })

  t.test('hold declared fields only and are kept by no cache', async (t) => {
    const answer = await create('plain')
    t.equal(answer.statusCode, 201)
    t.strictSame(answer.json(), { id: '1', title: 'plain', count: 0 })
    t.equal(answer.headers['cache-control'], 'no-store')
    t.equal(answer.headers['x-content-type-options'], 'nosniff')
  })

  t.test('a problem says what is wrong with its own code', async (t) => {
    const answer = await create('taken')
    t.equal(answer.statusCode, 409)
    t.match(answer.json(), {
      code: 'SIKU_TEST_NOTE_TAKEN',
      detail: 'A note called taken exists; choose another title',
      status: 409,
      title: 'Conflict'
    })
  })

  t.test('an unexpected error tells the caller nothing and the log its name', async (t) => {
    const answer = await create('crash')
    t.equal(answer.statusCode, 500)
    t.notMatch(answer.body, /secret of the house/)
    t.ok(lines.some((line) => line.event === 'request.failed' && (line.err as { name: string }).name === 'TypeError'))
  })

  t.test('a test build refuses to send an undeclared status or shape', async (t) => {
    t.match((await create('gone')).json(), { code: 'SIKU_KIT_STATUS_NOT_DECLARED', detail: /answered 410/ })
    t.match((await create('odd')).json(), { code: 'SIKU_KIT_ANSWER_NOT_AS_DECLARED', detail: /\/title must be at most 9 characters/ })
  })

  t.test('HEAD is answered like GET, without a body', async (t) => {
    const answer = await app.inject({ method: 'HEAD', url: '/v1/notes/1' })
    t.match(answer, { statusCode: 200, body: '', headers: { etag: '"r7"' } })
  })

  t.test('an unknown path is 404, a known path with another method 405 with Allow', async (t) => {
    const unknown = await app.inject({ url: '/v1/nothing' })
    t.equal(unknown.statusCode, 404)
    t.equal(unknown.json<Answer>().code, 'SIKU_ROUTE_NOT_FOUND')
    const wrong = await app.inject({ method: 'DELETE', url: '/v1/notes/5?x=1' })
    t.equal(wrong.statusCode, 405)
    t.equal(wrong.headers.allow, 'GET, HEAD, PATCH')
  })

  t.test('If-Match is needed, must be current, and is never a wildcard', async (t) => {
    const edit = async (header: Record<string, string>) =>
      (await app.inject({ method: 'PATCH', url: '/v1/notes/1', payload: { count: 1 }, headers: { ...as('memberOfA'), ...header } }))
        .statusCode
    t.equal((await app.inject({ url: '/v1/notes/1' })).headers.etag, '"r7"')
    t.equal(await edit({ 'if-match': '"r7"' }), 200)
    t.equal(await edit({ 'if-match': '"r6"' }), 412)
    t.equal(await edit({ 'if-match': 'W/"r7"' }), 412)
    t.equal(await edit({ 'if-match': '*' }), 428)
    t.equal(await edit({}), 428)
  })

  t.test('the request id comes from the verified token and from no header', async (t) => {
    const answer = await app.inject({
      url: '/v1/notes/1',
      headers: { ...as('memberOfA'), 'x-request-id': 'forged', 'request-id': 'forged' }
    })
    t.equal(answer.headers['x-request-id'], 'request-of-memberOfA')
    const visitor = await app.inject({ url: '/v1/notes/1', headers: { 'x-request-id': 'forged' } })
    t.not(visitor.headers['x-request-id'], 'forged')
    t.ok(lines.some((line) => line.msg === 'answered' && line.requestId === 'request-of-memberOfA' && line.route === '/v1/notes/:id'))
  })

  t.test('the document names its schemas, its problems and who must sign in', async (t) => {
    const document = (await app.inject({ url: '/openapi.json' })).json()
    t.equal(document.openapi, '3.1.0')
    t.strictSame(Object.keys(document.components.schemas).toSorted(), ['Note', 'Problem'])
    const { responses, security } = document.paths['/v1/notes'].post
    t.strictSame(Object.keys(responses), ['201', '400', '401', '403', '404', '409', '413', '415', '500', '503'])
    t.strictSame(responses['409'].content['application/problem+json'].schema, { $ref: '#/components/schemas/Problem' })
    t.strictSame(security, [{ bearer: [] }])
  })

  t.test('health answers anybody; readiness names each dependency and fails only for a required one', async (t) => {
    const broken = { name: 'queue', required: false, check: () => Promise.reject(new Error('down')) }
    const hanging = { name: 'search', required: false, check: () => new Promise(() => undefined) }
    const { app: degraded } = await testService(t, notes, { schemas: [Note], health: { dependencies: [broken, hanging], showWork: false } })
    const ready = await degraded.inject({ url: '/health/ready', headers: { authorization: 'Bearer nonsense' } })
    t.equal(ready.statusCode, 200)
    t.match(ready.json(), {
      status: 'degraded',
      dependencies: [
        { name: 'database', status: 'ok' },
        { name: 'queue', status: 'failed' },
        { name: 'search', status: 'failed' }
      ]
    })
    const { app: unready } = await testService(t, notes, {
      schemas: [Note],
      health: { dependencies: [{ ...broken, required: true }], showWork: false }
    })
    t.equal((await unready.inject({ url: '/health/ready' })).statusCode, 503)
    t.equal((await unready.inject({ url: '/health/live' })).statusCode, 200)
    t.match(
      (await app.inject({ url: '/metrics' })).body,
      /siku_http_request_seconds_count\{method="PATCH",route="\/v1\/notes\/:id",status="412"\} 2/
    )
  })
})

t.test('who may', async (t) => {
  const { app, lines } = await testService(t, notes, { schemas: [Note] })
  const create = (headers: Record<string, string>) => app.inject({ method: 'POST', url: '/v1/notes', payload: { nonsense: 1 }, headers })

  t.test('a stranger is asked to sign in, before anything is validated', async (t) => {
    const answer = await create({})
    t.equal(answer.statusCode, 401)
    t.equal(answer.headers['www-authenticate'], 'Bearer')
    t.equal((await create(as('nobody'))).statusCode, 401)
    t.equal((await create({ authorization: 'Basic bWFsbG9yeQ==' })).statusCode, 401)
  })

  t.test('someone whose roles do not allow it is refused before validation, and the log keeps a line', async (t) => {
    const answer = await create(as('auditor'))
    t.equal(answer.statusCode, 403)
    t.equal(answer.json<Answer>().code, 'SIKU_ACCESS_FORBIDDEN')
    t.ok(
      lines.some((line) => line.event === 'access.refused' && line.action === 'record.create' && line.requestId === 'request-of-auditor')
    )
  })

  t.test('a key needs the scope of the route', async (t) => {
    const { app: guarded } = await testService(t, notes, {
      schemas: [Note],
      verifyToken: async () => ({ ...(await byName('memberOfA')), kind: 'key', scopes: ['notes:read'] })
    })
    t.equal((await guarded.inject({ url: '/v1/notes/1', headers: as('key') })).statusCode, 200)
    t.equal((await guarded.inject({ method: 'POST', url: '/v1/notes', payload: { title: 'a' }, headers: as('key') })).statusCode, 403)
  })

  t.test('every route stands in the table with its action', (t) => {
    t.ok(app.routeTable.every(({ access }) => access === 'public' || (access.action !== '' && access.scope !== '')))
    t.match(
      app.routeTable.find(({ method, url }) => method === 'POST' && url === '/v1/notes'),
      { access: { action: 'record.create' }, operationId: 'createNote' }
    )
    t.end()
  })
})

t.test('requests are counted', async (t) => {
  const rates: RatePolicy[] = [
    {
      counts: 'every request',
      name: 'sign-in',
      max: 2,
      windowSeconds: 60,
      keyOf: ({ ip }) => ip,
      appliesTo: ({ routeOptions }) => routeOptions.config.rate === 'sign-in'
    },
    { counts: 'known callers', name: 'default', max: 3, windowSeconds: 60, keyOf: ({ ctx }) => ctx.actor.id }
  ]
  const signIn: ServicePlugin = async (app) => {
    app.post(
      '/sign-in',
      {
        config: { access: { action: 'session.open', scope: 'session' }, idempotency: false, rate: 'sign-in' },
        schema: { ...documented('signIn'), response: { 204: Type.Null() } }
      },
      async (_request, reply) => reply.code(204).send(null)
    )
  }
  const { app } = await testService(t, notes, { schemas: [Note], rates, plugins: [notes, signIn] })
  const get = (name: string) => app.inject({ url: '/v1/notes/1', headers: as(name) })

  t.test('each caller by itself, with the numbers in the headers and 429 beyond', async (t) => {
    const first = await get('memberOfA')
    t.match(first.headers, { 'ratelimit-policy': '"default";q=3;w=60', ratelimit: '"default";r=2;t=60' })
    await get('memberOfA')
    await get('memberOfA')
    const refused = await get('memberOfA')
    t.match(refused, { statusCode: 429, headers: { ratelimit: /^"default";r=0;t=\d+$/, 'retry-after': /^\d+$/ } })
    t.equal(refused.json<Answer>().code, 'SIKU_RATE_EXCEEDED')
    t.equal((await get('memberOfB')).statusCode, 200)
    t.equal((await app.inject({ url: '/health/live', headers: as('memberOfA') })).statusCode, 200, 'health is not counted')
  })

  t.test('before anybody is identified where a route asks for it, so that guesses are counted', async (t) => {
    const guess = () => app.inject({ method: 'POST', url: '/sign-in', headers: as('a guess') })
    t.strictSame([(await guess()).statusCode, (await guess()).statusCode, (await guess()).statusCode], [401, 401, 429])
  })
})

t.test('a service does not start', async (t) => {
  const start = (routes: ServicePlugin) =>
    createService({
      name: 'test',
      title: 'T',
      description: 'T',
      db: noDatabase,
      log: createLogger({ name: 'test', level: 'silent' }),
      verifyToken: byName,
      plugins: [routes]
    }).then(async (app) => app.close())
  const response = { 204: Type.Null() }

  await t.rejects(
    start(async (app) => void app.get('/open', { schema: { ...documented('a'), response } }, async () => null)),
    { code: 'SIKU_KIT_ROUTE_WITHOUT_ACCESS' },
    'with a route that does not say who may call it'
  )
  await t.rejects(
    start(
      async (app) =>
        void app.get(
          '/x',
          { config: { access: { action: 'record.raed', scope: 'x' } }, schema: { ...documented('a'), response } },
          async () => null
        )
    ),
    { code: 'SIKU_KIT_ACTION_UNKNOWN' },
    'with an action the table does not know'
  )
  await t.rejects(
    start(async (app) => void app.get('/x', { config: read, schema: { response } }, async () => null)),
    { code: 'SIKU_KIT_ROUTE_NOT_DOCUMENTED' },
    'with an undocumented route'
  )
  await t.rejects(
    start(
      async (app) =>
        void app.post(
          '/x',
          {
            config: write,
            schema: { ...documented('a'), response, body: Closed({ inner: Type.Array(Type.Object({ a: Type.String() })) }) }
          },
          async () => null
        )
    ),
    { code: 'SIKU_KIT_SCHEMA_OPEN', message: /body\/inner\/items/ },
    'with a body that takes unknown fields'
  )
  const Open = Type.Object({ a: Type.String() }, { $id: 'Open' })
  await t.rejects(
    createService({
      name: 'test',
      title: 'T',
      description: 'T',
      db: noDatabase,
      log: createLogger({ name: 'test', level: 'silent' }),
      verifyToken: byName,
      schemas: [Open],
      plugins: [
        async (app) => void app.post('/x', { config: write, schema: { ...documented('a'), response, body: refTo(Open) } }, async () => null)
      ]
    }),
    { code: 'SIKU_KIT_SCHEMA_OPEN' },
    'nor through a reference'
  )
  await t.rejects(
    createService({
      name: 'test',
      title: 'T',
      description: 'T',
      db: noDatabase,
      log: createLogger({ name: 'test', level: 'silent' }),
      plugins: []
    }),
    { code: 'SIKU_KIT_NO_AUTHENTICATION' },
    'without a way to know its callers'
  )
})
