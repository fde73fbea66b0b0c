import { createTokenVerifier } from '@siku/service-kit'
import { sql } from 'drizzle-orm'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { request as plainRequest } from 'node:http'
import { createServer, type Socket } from 'node:net'
import t from 'tap'
import { echoService } from './echo-service.ts'
import { rotateSigningKey } from '../src/index.ts'
import { proxyTable } from '../src/proxy/route-table.ts'
import { browser, embassy, openGateway, rowsOf, staffMember, verifiedOrganisation } from './gateway-fixture.ts'

t.test('passing requests on', async (t) => {
  const echo = await echoService(t)
  const upstreams = Object.fromEntries(proxyTable.map(({ service }) => [service, echo.url]))
  const gateway = await openGateway(t, { upstreams })
  const { app, clock, keyRing } = gateway
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  const intake = await staffMember(gateway, ['intake'])
  const { person: officer } = await verifiedOrganisation(gateway, intake, embassy)

  await t.test('each prefix reaches its service with a token for that service alone', async (t) => {
    for (const { prefix, service } of proxyTable) {
      const { body } = await officer.get(`${prefix}/42?a=1&b=%2F`)
      t.equal(body.url, `${prefix}/42?a=1&b=%2F`)
      const claims = decodeJwt(body.headers.authorization.slice(7))
      t.equal(claims.aud, service)
    }
    t.equal((await officer.get('/v1/resultset')).status, 404)
  })

  await t.test('the token says who asks, lives 60 s, and holds at the service that knows the keys', async (t) => {
    const { body } = await officer.get('/v1/demands')
    const token = body.headers.authorization.slice(7)
    const claims = decodeJwt(token)
    t.equal(decodeProtectedHeader(token).alg, 'EdDSA')
    t.equal(Number(claims.exp) - Number(claims.iat), 60)
    const jwks = new URL('/.well-known/jwks.json', url)
    const verify = createTokenVerifier({ audience: 'cooperation-demand', keys: jwks, now: clock.now })
    const actor = await verify(token)
    t.match(actor, {
      kind: 'user',
      roles: ['mission-officer'],
      foreign: true,
      country: 'KZ',
      verified: true,
      scopes: ['*'],
      organisation: { name: embassy.nameEn, country: 'KZ', type: 'embassy' }
    })
    t.not(actor.organisationKey, actor.organisationId)
    t.match(actor.organisationKey, /^[A-Za-z0-9_-]{43}$/)
    await t.rejects(createTokenVerifier({ audience: 'technology-reserve', keys: jwks, now: clock.now })(token), { name: 'ProblemError' })
    clock.advance({ ms: 66_000 })
    await t.rejects(verify(token), { name: 'ProblemError' }, 'and not a moment longer')

    const visitor = await createTokenVerifier({ audience: 'cooperation-demand', keys: () => keyRing.keySet(), now: clock.now })(
      (await browser(app).get('/v1/demands')).body.headers.authorization.slice(7)
    )
    t.match(visitor, { kind: 'anonymous', foreign: true, country: null, roles: [], organisationId: null })
    t.equal(JSON.stringify((await app.inject('/.well-known/jwks.json')).json()).includes('"d"'), false, 'no private part is shown')
  })

  await t.test('what a caller says of itself, or of where it comes from, goes nowhere', async (t) => {
    const { body, headers } = await officer.get('/v1/demands', {
      'x-forwarded-for': '10.0.0.1',
      forwarded: 'for=10.0.0.1',
      'x-real-ip': '10.0.0.1',
      'x-request-id': 'mine',
      'x-siku-actor': 'commission-admin',
      'x-user': 'root',
      'if-match': '"r7"',
      'accept-language': 'ru',
      connection: 'if-match, close'
    })
    for (const name of [
      'cookie',
      'x-siku-csrf',
      'x-forwarded-for',
      'forwarded',
      'x-real-ip',
      'x-request-id',
      'x-siku-actor',
      'x-user',
      'origin',
      'sec-fetch-site'
    ]) {
      t.notOk(name in body.headers, name)
    }
    t.equal(body.headers['accept-language'], 'ru')
    t.notOk(
      [headers['set-cookie'] ?? []].flat().some((line: string) => line.includes('stolen')),
      'nor does a cookie of a service come out'
    )
    t.not(headers.server, 'inside')
    t.equal(headers.etag, '"r1"')
  })

  await t.test('a path cannot climb out of its part, and a loop is broken', async (t) => {
    const climb = (path: string) =>
      new Promise<number>((resolve) => {
        plainRequest(url, { path, method: 'GET' }, (response) => (response.resume(), resolve(response.statusCode ?? 0))).end()
      })
    for (const path of [
      '/v1/demands/../../metrics',
      '/v1/demands/%2e%2e/%2e%2e/metrics',
      '/v1/demands/..%5c..%5cmetrics',
      '/v1/demands/..\\..\\metrics'
    ]) {
      const status = await climb(path)
      t.equal(status, 400, path)
    }
    t.match(await officer.get('/v1/demands', { 'x-siku-hops': '1' }), { status: 508, body: { code: 'SIKU_GATEWAY_TOO_MANY_HOPS' } })
  })

  await t.test('bodies go through untouched, up to their limit', async (t) => {
    const odd = '{"a": 1,  "a": 2}'
    const sent = await app.inject({ method: 'POST', url: '/v1/demands', payload: odd, headers: { 'content-type': 'application/json' } })
    t.equal(sent.json().text, odd)
    const megabytes = (count: number) => Buffer.alloc(count * 1024 * 1024, 97)
    const post = async (bytes: Buffer, headers: Record<string, string> = {}) =>
      fetch(`${url}/v1/technologies/1/files`, {
        method: 'POST',
        body: bytes as never,
        headers: { 'content-type': 'application/pdf', ...headers }
      })
    t.equal(((await (await post(megabytes(25))).json()) as { bytes: number }).bytes, 25 * 1024 * 1024)
    t.equal((await post(megabytes(27))).status, 413)
  })

  await t.test('the keys change while tokens of before still hold', async (t) => {
    const token = await keyRing.sign(gateway.ctx.actor, 'matching')
    t.equal(await rotateSigningKey(gateway.ctx, { force: true }), true)
    t.equal(await rotateSigningKey(gateway.ctx, { force: true }), false, 'two at most')
    await keyRing.refresh()
    t.equal(keyRing.keySet().keys.length, 2)
    const verify = createTokenVerifier({ audience: 'matching', keys: () => keyRing.keySet(), now: clock.now })
    t.ok(await verify(token))
    const kidNow = decodeProtectedHeader(await keyRing.sign(gateway.ctx.actor, 'matching')).kid
    t.equal(kidNow, decodeProtectedHeader(token).kid, 'a new key is shown before it signs')
    clock.advance({ minutes: 16 })
    const next = await keyRing.sign(gateway.ctx.actor, 'matching')
    t.not(decodeProtectedHeader(next).kid, kidNow)
    t.ok(await verify(next))
    clock.advance({ minutes: 16 })
    await keyRing.refresh()
    t.equal(keyRing.keySet().keys.length, 1)
    const [row] = await rowsOf(gateway.ownerDb, sql`select private_sealed from gateway.signing_key limit 1`)
    t.notMatch(String(row?.private_sealed), /kty|crv/)
  })
})

t.test('a service that is away, silent or broken is told apart', async (t) => {
  const silent = createServer((socket) => void socket.on('error', () => undefined))
  const broken = createServer((socket) => void socket.on('error', () => undefined).end('HTTP/1.1 nonsense\r\n\r\n'))
  const ports = await Promise.all(
    [silent, broken].map(
      (server) =>
        new Promise<number>((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)))
    )
  )
  const sockets = new Set<Socket>()
  silent.on('connection', (socket) => sockets.add(socket))
  t.teardown(() => (sockets.forEach((socket) => socket.destroy()), silent.close(), broken.close()))
  const { app } = await openGateway(t, {
    env: { SIKU_UPSTREAM_TIMEOUT_MS: '200' },
    upstreams: {
      'project-results': `http://127.0.0.1:${ports[0]}`,
      'technology-reserve': `http://127.0.0.1:${ports[1]}`,
      'cooperation-demand': 'http://127.0.0.1:1'
    }
  })
  for (const [path, status, code] of [
    ['/v1/results', 504, 'SIKU_GATEWAY_SERVICE_LATE'],
    ['/v1/technologies', 502, 'SIKU_GATEWAY_SERVICE_UNREACHABLE'],
    ['/v1/demands', 503, 'SIKU_GATEWAY_SERVICE_ABSENT']
  ] as const) {
    const answer = await app.inject(path)
    t.equal(answer.statusCode, status, path)
    t.match(answer.headers['content-type'], /^application\/problem\+json/)
    t.match(answer.json(), { code, status, requestId: String })
  }
})
