import { sql } from 'drizzle-orm'
import { decodeJwt } from 'jose'
import t from 'tap'
import { echoService } from './echo-service.ts'
import { chineseFirm, embassy, goodPassword, openGateway, rowsOf, staffMember, verifiedOrganisation } from './gateway-fixture.ts'

t.test('API keys', async (t) => {
  const echo = await echoService(t)
  const gateway = await openGateway(t, { upstreams: { 'technology-reserve': echo.url, 'cooperation-demand': echo.url } })
  const { app, clock } = gateway
  const intake = await staffMember(gateway, ['intake'])
  const { person: admin, organisationId } = await verifiedOrganisation(gateway, intake, chineseFirm)
  const { person: officer } = await verifiedOrganisation(gateway, intake, embassy)
  const withKey = (key: string, url: string, method = 'GET') =>
    app.inject({ method: method as 'GET', url, headers: { authorization: `Bearer ${key}` } })

  await t.test('a key is shown once, kept as a hash, and used for what its scopes say', async (t) => {
    const made = await admin.post('/v1/keys', { client: 'erp', scopes: ['technology-reserve:read'], validDays: 30 })
    t.equal(made.status, 201)
    t.match(made.body.key, /^siku_[0-9a-f]{12}_[A-Za-z0-9_-]{43}$/)
    const [row] = await rowsOf(gateway.ownerDb, sql`select * from gateway.api_key`)
    t.notOk(JSON.stringify(row).includes(made.body.key.slice(-43)))
    t.notOk((await admin.get('/v1/keys')).raw.includes(made.body.key.slice(-43)))

    const read = await withKey(made.body.key, '/v1/technologies')
    t.equal(read.statusCode, 200)
    const claims = decodeJwt<{ actor: object }>(read.json().headers.authorization.slice(7))
    t.match(claims.actor, { kind: 'key', organisationId, roles: ['member', 'institution-editor'], scopes: ['technology-reserve:read'] })
    t.match((await withKey(made.body.key, '/v1/technologies', 'POST')).json(), { status: 403, detail: /technology-reserve:write/ })
    t.equal((await withKey(made.body.key, '/v1/demands')).statusCode, 403)
    t.equal((await withKey(made.body.key, '/v1/users')).statusCode, 403)
    for (const wrong of [
      made.body.key.slice(0, -1) + (made.body.key.endsWith('A') ? 'B' : 'A'),
      'siku_000000000000_' + 'A'.repeat(43),
      'nonsense',
      ''
    ]) {
      t.equal((await withKey(wrong, '/v1/technologies')).statusCode, 401, wrong)
    }
    await admin.delete(`/v1/keys/${made.body.id}`)
  })

  await t.test('a key carries no more than its maker and none of the gateway’s changes', async (t) => {
    t.match(await admin.post('/v1/keys', { client: 'x', scopes: ['gateway:write'], validDays: 30 }), {
      status: 403,
      body: { code: 'SIKU_GATEWAY_SCOPES_BEYOND_OWN' }
    })
    t.match(await admin.post('/v1/keys', { client: 'x', scopes: ['*'], validDays: 30 }), { status: 403 })
    t.match(await admin.post('/v1/keys', { client: 'x', scopes: [], validDays: 30 }), { status: 400 })
    t.equal((await intake.post('/v1/keys', { client: 'x', scopes: ['matching:read'], validDays: 30 })).status, 403, 'staff make none')
    t.equal((await admin.get('/v1/keys')).body.data.filter((key: { state: string }) => key.state === 'active').length, 0)
  })

  await t.test('two keys of a client work side by side during a rotation, a third does not come', async (t) => {
    const first = await admin.post('/v1/keys', { client: 'crm', scopes: ['technology-reserve:read'], validDays: 30 })
    const second = await admin.post(`/v1/keys/${first.body.id}/rotate`, { validDays: 60 })
    t.equal(second.status, 201)
    for (const { body } of [first, second]) t.equal((await withKey(body.key, '/v1/technologies')).statusCode, 200)
    t.match(await admin.post(`/v1/keys/${second.body.id}/rotate`, {}), { status: 409, body: { code: 'SIKU_GATEWAY_KEYS_AT_LIMIT' } })
    t.equal((await admin.delete(`/v1/keys/${first.body.id}`)).status, 204)
    t.equal((await withKey(first.body.key, '/v1/technologies')).statusCode, 401)
    t.equal((await withKey(second.body.key, '/v1/technologies')).statusCode, 200)
    t.match(await admin.post(`/v1/keys/${first.body.id}/rotate`, {}), { status: 409, body: { code: 'SIKU_GATEWAY_KEY_NOT_ACTIVE' } })

    const makers = await Promise.all(
      Array.from({ length: 6 }, () => admin.post('/v1/keys', { client: 'crowd', scopes: ['matching:read'] }))
    )
    t.same(
      makers.map(({ status }) => status).toSorted((a, b) => a - b),
      [201, 201, 409, 409, 409, 409],
      'many at once stop at two as well'
    )

    clock.advance({ days: 61 })
    await admin.post('/v1/session', { email: 'wang@qingquan.example', password: goodPassword })
    t.equal((await withKey(second.body.key, '/v1/technologies')).statusCode, 401, 'an expired key is refused')
  })

  await t.test('another organisation’s key is answered like one that does not exist', async (t) => {
    await officer.post('/v1/session', { email: 'officer@embassy.example', password: goodPassword })
    const [key] = (await admin.get('/v1/keys')).body.data
    const absent = '00000000-0000-4000-8000-00000000dead'
    for (const [method, path] of [
      ['POST', '/v1/keys/%/rotate'],
      ['DELETE', '/v1/keys/%']
    ] as const) {
      const payload = method === 'POST' ? {} : undefined
      const [foreign, missing] = [
        await officer.send(method, path.replace('%', key.id), payload),
        await officer.send(method, path.replace('%', absent), payload)
      ]
      t.equal(foreign.status, 404)
      t.same({ ...foreign.body, requestId: '' }, { ...missing.body, requestId: '' })
    }
    t.equal((await officer.get(`/v1/keys?organisationId=${organisationId}`)).status, 404)
  })
})
