import { sql } from 'drizzle-orm'
import t from 'tap'
import {
  browser,
  chineseFirm,
  colleague,
  embassy,
  goodPassword,
  openGateway,
  rowsOf,
  staffMember,
  tokenOf,
  verifiedOrganisation
} from './gateway-fixture.ts'

t.test('people of an organisation', async (t) => {
  const gateway = await openGateway(t)
  const { app } = gateway
  const intake = await staffMember(gateway, ['intake'])
  const { person: admin, organisationId } = await verifiedOrganisation(gateway, intake, chineseFirm)
  const { person: officer, organisationId: missionId } = await verifiedOrganisation(gateway, intake, embassy)

  await t.test('an administrator invites into the own organisation and gives no role beyond it', async (t) => {
    const member = await colleague(gateway, admin, { email: 'li@qingquan.example', roles: ['member'] })
    t.match((await member.get('/v1/session')).body.user.roles, ['member'])
    t.match(
      await admin.post('/v1/users/invitations', { email: 'x@qingquan.example', displayName: 'X', language: 'zh', roles: ['reviewer'] }),
      { status: 403, body: { code: 'SIKU_GATEWAY_ROLES_NOT_GIVABLE' } }
    )
    t.match(
      await admin.post('/v1/users/invitations', {
        email: 'x@qingquan.example',
        displayName: 'X',
        language: 'zh',
        roles: ['mission-officer']
      }),
      { status: 403 }
    )
    t.equal(
      (await member.post('/v1/users/invitations', { email: 'x@qingquan.example', displayName: 'X', language: 'zh', roles: ['member'] }))
        .status,
      403
    )
    const list = await admin.get('/v1/users')
    t.equal(list.body.users.length, 2)
  })

  await t.test('another organisation’s people are answered like people who do not exist', async (t) => {
    const { body } = await admin.get('/v1/session')
    const absent = '00000000-0000-4000-8000-00000000dead'
    for (const [method, path, payload] of [
      ['GET', '/v1/users/%', undefined],
      ['POST', '/v1/users/%/disable', {}],
      ['POST', '/v1/users/%/reset-link', {}],
      ['POST', '/v1/users/%/roles', { roles: ['member'] }],
      ['POST', '/v1/users/%/handover', { successorId: absent }]
    ] as const) {
      const foreign = await officer.send(method, path.replace('%', body.user.id), payload)
      const missing = await officer.send(method, path.replace('%', absent), payload)
      t.equal(foreign.status, 404, path)
      t.same({ ...foreign.body, requestId: '' }, { ...missing.body, requestId: '' }, path)
    }
    t.equal((await officer.get(`/v1/organisations/${organisationId}`)).status, 404)
    t.equal((await officer.get(`/v1/users?organisationId=${organisationId}`)).status, 404)
    t.match(
      await officer.post('/v1/users/invitations', {
        email: 'y@x.example',
        displayName: 'Y',
        language: 'en',
        roles: ['member'],
        organisationId
      }),
      { status: 404 }
    )
  })

  await t.test('inviting an address that has an account elsewhere tells nothing; whoever opens the link learns it', async (t) => {
    const invited = await officer.post('/v1/users/invitations', {
      email: 'li@qingquan.example',
      displayName: 'Li',
      language: 'zh',
      roles: ['member']
    })
    t.equal(invited.status, 201)
    t.match(await browser(app).post('/v1/links/accept', { token: tokenOf(invited.body.url), password: goodPassword }), {
      status: 409,
      body: { code: 'SIKU_GATEWAY_ADDRESS_TAKEN' }
    })
  })

  await t.test('a repeated invitation with the same Idempotency-Key does not show the link again', async (t) => {
    const invitation = { email: 'zhao@qingquan.example', displayName: 'Zhao', language: 'zh', roles: ['member'] }
    const first = await admin.post('/v1/users/invitations', invitation, { 'idempotency-key': 'k1' })
    t.equal(first.status, 201)
    t.match(await admin.post('/v1/users/invitations', invitation, { 'idempotency-key': 'k1' }), {
      status: 409,
      body: { code: 'SIKU_IDEMPOTENCY_SECRET_GIVEN' }
    })
    t.equal((await admin.post('/v1/users/invitations', { ...invitation, displayName: 'Other' }, { 'idempotency-key': 'k1' })).status, 422)
    t.equal((await admin.get('/v1/users')).body.invitations.length, 1)
  })

  await t.test('a reset link works without mail, ends every session, and is single', async (t) => {
    const member = await colleague(gateway, admin, { email: 'sun@qingquan.example', roles: ['member'] })
    const link = await admin.post(`/v1/users/${member.id}/reset-link`)
    t.equal(link.status, 201)
    const token = tokenOf(link.body.url)
    t.equal((await browser(app).post('/v1/links/reset', { token, password: 'another calm river in winter' })).status, 204)
    t.equal((await browser(app).post('/v1/links/reset', { token, password: 'another calm river in winter' })).status, 410)
    t.equal((await member.get('/v1/session')).body.state, 'visitor')
    t.equal((await member.post('/v1/session', { email: 'sun@qingquan.example', password: goodPassword })).status, 401)
    t.equal((await member.post('/v1/session', { email: 'SUN@qingquan.example', password: 'another calm river in winter' })).status, 200)
    t.equal((await admin.post(`/v1/users/${(await admin.get('/v1/session')).body.user.id}/reset-link`)).status, 409, 'not for oneself')
  })

  await t.test('an officer hands over: access ends, the successor is named, nothing moves', async (t) => {
    const next = await colleague(gateway, officer, { email: 'next@embassy.example', roles: ['mission-officer'] })
    const { body } = await officer.get('/v1/session')
    const key = await officer.post('/v1/keys', { client: 'sheet', scopes: ['cooperation-demand:read'], validDays: 30 })
    const outsider = await admin.get('/v1/session')
    t.match(await officer.post(`/v1/users/${body.user.id}/handover`, { successorId: outsider.body.user.id }), { status: 409 })
    const done = await officer.post(`/v1/users/${body.user.id}/handover`, { successorId: next.id })
    t.match(done, { status: 200, body: { state: 'disabled', successorId: next.id, organisationId: missionId } })
    t.equal((await officer.get('/v1/session')).body.state, 'visitor')
    t.equal(
      (await browser(app).get('/v1/keys', { authorization: `Bearer ${key.body.key}` })).status,
      401,
      'a key the leaving officer has seen is revoked'
    )
    t.equal((await next.get('/v1/session')).body.state, 'signed-in')
  })

  await t.test('nobody disables the own account or one above them', async (t) => {
    const member = await colleague(gateway, admin, { email: 'wu@qingquan.example', roles: ['member'] })
    const { body } = await admin.get('/v1/session')
    t.equal((await admin.post(`/v1/users/${body.user.id}/disable`)).status, 409)
    t.equal((await member.post(`/v1/users/${body.user.id}/disable`)).status, 403)
    t.match(await admin.post(`/v1/users/${member.id}/disable`), { status: 200, body: { state: 'disabled' } })
    t.match(await admin.post(`/v1/users/${member.id}/disable`), { status: 409 })
    t.equal((await member.get('/v1/session')).body.state, 'visitor')
  })

  await t.test('the database itself shows no other organisation’s people, sessions, links or keys', async (t) => {
    const { body } = await admin.get('/v1/session')
    const actor = {
      kind: 'user',
      id: body.user.id,
      organisationId,
      organisationKey: 'k',
      organisation: null,
      verified: true,
      roles: ['org-admin'],
      scopes: ['*'],
      foreign: false,
      country: 'CN',
      requestId: 'r'
    } as const
    const seen = (table: string) =>
      gateway.db.withRead({ ...actor, roles: [...actor.roles], scopes: [...actor.scopes] }, async (tx) => [
        ...(await tx.execute(sql.raw(`select * from gateway.${table}`)))
      ])
    for (const row of await seen('account')) t.equal(row.organisation_id, organisationId)
    for (const row of await seen('link')) t.equal(row.organisation_id, organisationId)
    t.equal((await seen('organisation')).length, 1)
    for (const table of ['credential', 'recovery_code', 'attempt', 'signing_key', 'oidc_identity'])
      t.equal((await seen(table)).length, 0, table)
    const all = await rowsOf(gateway.ownerDb, sql`select count(*)::int as n from gateway.credential`)
    t.ok(Number(all[0]?.n) > 3, 'there is something to hide')
  })
})
