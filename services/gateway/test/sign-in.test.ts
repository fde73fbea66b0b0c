import { sql } from 'drizzle-orm'
import t from 'tap'
import { lockMsAfter } from '../src/accounts/attempts.ts'
import { pruneAccounts } from '../src/index.ts'
import {
  browser,
  chineseFirm,
  codeAt,
  goodPassword,
  openGateway,
  rowsOf,
  staffMember,
  verifiedOrganisation,
  type Loose
} from './gateway-fixture.ts'

t.test('signing in', async (t) => {
  const gateway = await openGateway(t)
  const { app, clock } = gateway
  const intake = await staffMember(gateway, ['intake'])
  await verifiedOrganisation(gateway, intake, chineseFirm)
  const email = 'wang@qingquan.example'

  await t.test('a wrong password and an unknown address are answered alike, and both are locked in the same way', async (t) => {
    const strip = (answer: { status: number; body: Loose }) => ({ status: answer.status, ...answer.body, requestId: '' })
    for (let attempt = 0; attempt < 5; attempt++) {
      const known = await browser(app).post('/v1/session', { email, password: 'wrong' })
      const unknown = await browser(app).post('/v1/session', { email: 'nobody@qingquan.example', password: 'wrong' })
      t.equal(known.status, 401)
      t.same(strip(known), strip(unknown))
    }
    const locked = await browser(app).post('/v1/session', { email, password: goodPassword })
    const lockedUnknown = await browser(app).post('/v1/session', { email: 'nobody@qingquan.example', password: goodPassword })
    t.equal(locked.status, 429, 'even with the right password')
    t.equal(locked.headers['retry-after'], '30')
    t.same(strip(locked), strip(lockedUnknown))

    clock.advance({ ms: 31_000 })
    t.equal((await browser(app).post('/v1/session', { email, password: 'wrong' })).status, 401)
    t.equal((await browser(app).post('/v1/session', { email, password: goodPassword })).headers['retry-after'], '60', 'the delay grows')
    clock.advance({ ms: 61_000 })
    t.equal((await browser(app).post('/v1/session', { email, password: goodPassword })).status, 200)
    t.equal((await browser(app).post('/v1/session', { email, password: 'wrong' })).status, 401, 'a success wipes the slate')
    t.same([4, 5, 6, 7, 20].map(lockMsAfter), [0, 30_000, 60_000, 120_000, 3_600_000])
  })

  await t.test('twenty guesses at once are counted one by one', async (t) => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => browser(app).post('/v1/session', { email: 'crowd@qingquan.example', password: 'guess' }))
    )
    t.equal(answers.filter(({ status }) => status === 401).length, 5)
    t.equal(answers.filter(({ status }) => status === 429).length, 15)
  })

  await t.test('staff need their authenticator: a password opens half a session that can do nothing else', async (t) => {
    const person = browser(app)
    clock.advance({ minutes: 5 })
    t.match(await person.post('/v1/session', { email: intake.email, password: goodPassword }), {
      status: 200,
      body: { state: 'code-needed' }
    })
    t.equal((await person.get('/v1/organisations')).status, 401)
    t.match((await person.get('/v1/session')).body, { state: 'code-needed', user: null })
    const code = codeAt(intake.totp, clock)
    t.equal((await person.post('/v1/session/code', { code: code === '000000' ? '000001' : '000000' })).status, 401)
    t.match(await person.post('/v1/session/code', { code }), { status: 200, body: { state: 'signed-in' } })
    t.equal((await person.get('/v1/organisations')).status, 200)

    const thief = browser(app)
    await thief.post('/v1/session', { email: intake.email, password: goodPassword })
    t.equal((await thief.post('/v1/session/code', { code })).status, 401, 'a code works once')
  })

  await t.test('knowing the password does not give endless guesses at the code', async (t) => {
    clock.advance({ hours: 25 })
    const statuses: number[] = []
    for (let attempt = 0; attempt < 4; attempt++) {
      const person = browser(app)
      statuses.push((await person.post('/v1/session', { email: intake.email, password: goodPassword })).status)
      statuses.push((await person.post('/v1/session/code', { code: '123123' })).status)
    }
    t.ok(statuses.includes(429))
    clock.advance({ hours: 25 })
  })

  await t.test('staff cannot switch their authenticator off; others can, with password and code', async (t) => {
    const staff = await staffMember(gateway, ['auditor'])
    t.match(await staff.post('/v1/account/totp/disable', { password: goodPassword, code: '123456' }), {
      status: 409,
      body: { code: 'SIKU_GATEWAY_TOTP_REQUIRED' }
    })

    const person = browser(app)
    await person.post('/v1/session', { email, password: goodPassword })
    const { body } = await person.post('/v1/account/totp')
    t.match(body.uri, /^otpauth:\/\/totp\/Siku:wang%40qingquan\.example\?issuer=Siku/)
    const confirmed = await person.post('/v1/account/totp/confirm', { code: codeAt(body.secret, clock) })
    t.equal(confirmed.body.recoveryCodes.length, 10)
    t.equal((await person.get('/v1/session')).body.state, 'signed-in')

    const again = browser(app)
    await again.post('/v1/session', { email, password: goodPassword })
    const [first] = confirmed.body.recoveryCodes
    t.match(await again.post('/v1/session/code', { code: first }), { status: 200, body: { state: 'signed-in' } })
    const third = browser(app)
    await third.post('/v1/session', { email, password: goodPassword })
    t.equal((await third.post('/v1/session/code', { code: first })).status, 401, 'each recovery code once')

    clock.advance({ minutes: 1 })
    t.equal((await again.post('/v1/account/totp/disable', { password: goodPassword, code: codeAt(body.secret, clock) })).status, 204)
    t.match((await browser(app).post('/v1/session', { email, password: goodPassword })).body, { state: 'signed-in' })
  })

  await t.test('a person changes the password: the other sessions end, this one goes on', async (t) => {
    const [here, there] = [browser(app), browser(app)]
    for (const one of [here, there]) await one.post('/v1/session', { email, password: goodPassword })
    t.equal((await here.post('/v1/account/password', { current: 'not it at all', password: 'a lantern over the quiet field' })).status, 401)
    t.match((await here.post('/v1/account/password', { current: goodPassword, password: 'password1234' })).body, {
      status: 400,
      errors: [{ pointer: '/password' }]
    })
    t.equal((await here.post('/v1/account/password', { current: goodPassword, password: 'a lantern over the quiet field' })).status, 204)
    t.equal((await here.get('/v1/session')).body.state, 'signed-in')
    t.equal((await there.get('/v1/session')).body.state, 'visitor')
  })

  await t.test('what is over is forgotten after a month', async (t) => {
    clock.advance({ days: 60 })
    await pruneAccounts(gateway.ctx)
    const [left] = await rowsOf(
      gateway.ownerDb,
      sql`select (select count(*) from gateway.session)::int as sessions, (select count(*) from gateway.attempt)::int as attempts, (select count(*) from gateway.link)::int as links`
    )
    t.same(left, { sessions: 0, attempts: 0, links: 0 })
  })
})
