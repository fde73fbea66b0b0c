import { sql } from 'drizzle-orm'
import t from 'tap'
import { browser, chineseFirm, goodPassword, openGateway, publicUrl, rowsOf, staffMember, verifiedOrganisation } from './gateway-fixture.ts'

t.test('sessions in a browser', async (t) => {
  const gateway = await openGateway(t)
  const { app, clock } = gateway
  const intake = await staffMember(gateway, ['intake'])
  await verifiedOrganisation(gateway, intake, chineseFirm)
  const signedIn = async () => {
    const one = browser(app)
    await one.post('/v1/session', { email: 'wang@qingquan.example', password: goodPassword })
    return one
  }

  await t.test('the cookie is kept from scripts and from other sites, and the database keeps its hash alone', async (t) => {
    const answer = await app.inject({
      method: 'POST',
      url: '/v1/session',
      payload: { email: 'wang@qingquan.example', password: goodPassword }
    })
    const session = answer.cookies.find(({ name }) => name === 'siku')
    t.match(session, { httpOnly: true, sameSite: 'Lax', path: '/' })
    const rows = await rowsOf(gateway.ownerDb, sql`select token_hash, agent from gateway.session`)
    t.notOk(rows.some((row) => JSON.stringify(row).includes(session?.value ?? '-')))
    t.ok(rows.some((row) => row.agent === 'browser'))
  })

  await t.test('over https the cookie is __Host- and Secure', async (t) => {
    const secure = await openGateway(t, { env: { SIKU_PUBLIC_URL: 'https://siku.example.org' } })
    const admin = await staffMember(secure, ['intake'])
    t.ok(admin.jar.size > 0)
    t.ok([...admin.jar.keys()].every((name) => name.startsWith('__Host-')))
    await t.rejects(openGateway(t, { env: { SIKU_PUBLIC_URL: 'http://siku.example.org' } }), { code: 'SIKU_GATEWAY_PUBLIC_URL_PLAIN' })
  })

  await t.test('a change needs the CSRF value and must not come from another site', async (t) => {
    const one = await signedIn()
    const invite = { email: 'a@qingquan.example', displayName: 'A', language: 'zh', roles: ['member'] }
    t.match(await one.post('/v1/users/invitations', invite, { 'x-siku-csrf': 'something else' }), {
      status: 403,
      body: { code: 'SIKU_GATEWAY_CSRF_MISSING' }
    })
    t.match(await one.post('/v1/users/invitations', invite, { 'sec-fetch-site': 'cross-site' }), {
      status: 403,
      body: { code: 'SIKU_GATEWAY_ORIGIN_REFUSED' }
    })
    t.match(await one.post('/v1/users/invitations', invite, { 'sec-fetch-site': 'same-site' }), { status: 403 })
    const cookie = [...one.jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const withOrigin = (origin: string) =>
      app.inject({
        method: 'POST',
        url: '/v1/users/invitations',
        payload: invite,
        headers: { cookie, origin, 'x-siku-csrf': one.jar.get('siku-csrf') ?? '' }
      })
    t.equal((await withOrigin('https://evil.example')).statusCode, 403)
    t.equal((await withOrigin('null')).statusCode, 403)
    t.equal((await withOrigin(publicUrl)).statusCode, 201)
    t.match(
      await browser(app).post(
        '/v1/session',
        { email: 'wang@qingquan.example', password: goodPassword },
        { 'sec-fetch-site': 'cross-site' }
      ),
      { status: 403 },
      'nor can another site sign a visitor in'
    )
    t.equal((await one.get('/v1/users', { 'sec-fetch-site': 'cross-site' })).status, 200, 'reading changes nothing')
  })

  await t.test('a person sees the own sessions and ends them', async (t) => {
    const [here, there] = [await signedIn(), await signedIn()]
    const list = await here.get('/v1/sessions')
    t.equal(list.body.data.filter((line: { isThis: boolean }) => line.isThis).length, 1)
    const [other] = list.body.data.filter((line: { isThis: boolean }) => !line.isThis)
    t.equal((await intake.delete(`/v1/sessions/${other.id}`)).status, 404, 'not another person’s')
    for (const line of list.body.data) if (!line.isThis) t.equal((await here.delete(`/v1/sessions/${line.id}`)).status, 204)
    t.equal((await there.get('/v1/session')).body.state, 'visitor')
    t.equal((await here.delete('/v1/session')).status, 204)
    t.equal((await here.get('/v1/sessions')).status, 401)
  })

  await t.test('a session ends after a long pause, and at its end whatever happens', async (t) => {
    const one = await signedIn()
    clock.advance({ minutes: 119 })
    t.equal((await one.get('/v1/session')).body.state, 'signed-in')
    clock.advance({ minutes: 119 })
    t.equal((await one.get('/v1/session')).body.state, 'signed-in', 'being used keeps it')
    clock.advance({ minutes: 121 })
    t.equal((await one.get('/v1/session')).body.state, 'visitor')

    const tireless = await signedIn()
    for (let hour = 0; hour < 11; hour++) {
      clock.advance({ hours: 1 })
      t.equal((await tireless.get('/v1/session')).body.state, 'signed-in')
    }
    clock.advance({ hours: 1 })
    t.equal((await tireless.get('/v1/session')).body.state, 'visitor')
  })
})

t.test('limits are counted by who asks and say so in the standard headers', async (t) => {
  const { app } = await openGateway(t, { env: { SIKU_RATE_SIGN_IN: '3', SIKU_RATE_VISITOR: '5' } })
  const attempt = () => app.inject({ method: 'POST', url: '/v1/session', payload: { email: 'x@y.example', password: 'p' } })
  for (let count = 0; count < 3; count++) t.equal((await attempt()).statusCode, 401)
  const refused = await attempt()
  t.equal(refused.statusCode, 429)
  t.match(refused.headers, { 'ratelimit-policy': '"sign-in";q=3;w=60', ratelimit: /^"sign-in";r=0;t=\d+$/, 'retry-after': /^\d+$/ })
  for (let count = 0; count < 5; count++) t.equal((await app.inject('/v1/session')).statusCode, 200)
  t.equal((await app.inject('/v1/session')).statusCode, 429)
  t.equal((await app.inject('/health/live')).statusCode, 200)
})
