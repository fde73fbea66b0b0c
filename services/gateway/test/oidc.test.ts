import { sql } from 'drizzle-orm'
import fastify from 'fastify'
import formBody from '@fastify/formbody'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { createHash } from 'node:crypto'
import t from 'tap'
import { chineseFirm, colleague, embassy, openGateway, rowsOf, staffMember, verifiedOrganisation, type Fixture } from './gateway-fixture.ts'

type Person = { sub: string; email?: string; email_verified?: boolean }
type Tap = { teardown: (end: () => unknown) => void }

/** A small identity provider: it checks client, redirect and PKCE as a real one does, and signs what it is told to say. */
async function identityProvider(t: Tap) {
  const { privateKey, publicKey } = await generateKeyPair('RS256')
  const app = fastify()
  await app.register(formBody)
  const codes = new Map<string, { person: Person; nonce: string; challenge: string; redirectUri: string }>()
  const state = { person: { sub: 'nobody' } as Person, nonce: undefined as string | undefined, audience: 'siku' }
  let issuer = ''
  app.get('/.well-known/openid-configuration', async () => ({
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    code_challenge_methods_supported: ['S256']
  }))
  app.get('/jwks', async () => ({ keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }] }))
  app.get('/authorize', async (request, reply) => {
    const query = request.query as Record<string, string>
    const code = createHash('sha256').update(String(codes.size)).digest('hex')
    codes.set(code, {
      person: state.person,
      nonce: query.nonce ?? '',
      challenge: query.code_challenge ?? '',
      redirectUri: query.redirect_uri ?? ''
    })
    return reply.redirect(`${query.redirect_uri}?code=${code}&state=${query.state}`)
  })
  app.post('/token', async (request, reply) => {
    const body = request.body as Record<string, string>
    const known = codes.get(body.code ?? '')
    codes.delete(body.code ?? '')
    const secret = body.client_secret ?? Buffer.from(String(request.headers.authorization).slice(6), 'base64').toString().split(':')[1]
    const verified =
      known?.challenge ===
      createHash('sha256')
        .update(body.code_verifier ?? '')
        .digest('base64url')
    if (!known || !verified || secret !== 'shh' || body.redirect_uri !== known.redirectUri)
      return reply.code(400).send({ error: 'invalid_grant' })
    const { sub, ...claims } = known.person
    const idToken = await new SignJWT({ ...claims, nonce: state.nonce ?? known.nonce })
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .setIssuer(issuer)
      .setSubject(sub)
      .setAudience(state.audience)
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(privateKey)
    return { access_token: 'a', token_type: 'Bearer', expires_in: 60, id_token: idToken }
  })
  t.teardown(() => app.close())
  issuer = await app.listen({ port: 0, host: '127.0.0.1' })
  return { issuer, state }
}

/** Goes to the provider and back as a browser would; `meddle` changes what comes back. */
async function signInThrough({ app }: Fixture, meddle: (url: URL) => URL = (url) => url) {
  const jar = new Map<string, string>()
  const visit = async (url: string) => {
    const response = await app.inject({
      url,
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '), 'accept-language': 'en' }
    })
    for (const { name, value } of response.cookies)
      if (value === '') jar.delete(name)
      else jar.set(name, value)
    return response
  }
  const away = await visit('/sign-in/oidc')
  const back = await fetch(String(away.headers.location), { redirect: 'manual' })
  const url = meddle(new URL(String(back.headers.get('location'))))
  const answer = await visit(url.pathname + url.search)
  const session = (await visit('/v1/session')).json()
  return { answer, session, repeat: () => visit(url.pathname + url.search) }
}

t.test('signing in through an identity provider', async (t) => {
  const provider = await identityProvider(t)
  const gateway = await openGateway(t, {
    env: { SIKU_OIDC_ISSUER: provider.issuer, SIKU_OIDC_CLIENT_ID: 'siku', SIKU_OIDC_CLIENT_SECRET: 'shh', SIKU_OIDC_NAME: 'Beijing ID' }
  })
  const intake = await staffMember(gateway, ['intake'])
  const { person: admin } = await verifiedOrganisation(gateway, intake, chineseFirm)
  const { person: officer } = await verifiedOrganisation(gateway, intake, embassy)
  const invite = (by: typeof admin, email: string) =>
    by.post('/v1/users/invitations', { email, displayName: 'Invited', language: 'en', roles: ['member'] })

  t.match((await gateway.app.inject('/sign-in')).body, /href="\/sign-in\/oidc">Sign in with .?Beijing ID/)

  await t.test('an invited person with a verified address gets the account, and the same one next time', async (t) => {
    await invite(admin, 'new@qingquan.example')
    provider.state.person = { sub: 's-1', email: 'New@qingquan.example', email_verified: true }
    const first = await signInThrough(gateway)
    t.equal(first.answer.headers.location, '/account')
    t.match(first.session.user, { email: 'new@qingquan.example', roles: ['member'] })
    provider.state.person = { sub: 's-1' }
    t.equal((await signInThrough(gateway)).session.user.id, first.session.user.id, 'by its subject, whatever the address is now')
    t.equal((await admin.get('/v1/users')).body.invitations.length, 0)
  })

  await t.test('a person with an account is linked to it; staff still show their authenticator', async (t) => {
    const member = await colleague(gateway, admin, { email: 'li@qingquan.example', roles: ['member'] })
    provider.state.person = { sub: 's-2', email: 'li@qingquan.example', email_verified: true }
    t.equal((await signInThrough(gateway)).session.user.id, member.id)
    provider.state.person = { sub: 's-3', email: intake.email, email_verified: true }
    const staff = await signInThrough(gateway)
    t.equal(staff.answer.headers.location, '/sign-in/code')
    t.match(staff.session, { state: 'code-needed', user: null })
  })

  await t.test('an unverified address, a stranger, a disabled account, or two invitations open nothing', async (t) => {
    const refused = async (person: Person, label: string) => {
      provider.state.person = person
      const { answer, session } = await signInThrough(gateway)
      t.equal(answer.statusCode, 401, label)
      t.equal(session.state, 'visitor', label)
    }
    await invite(admin, 'unsure@x.example')
    await refused({ sub: 's-4', email: 'unsure@x.example', email_verified: false }, 'not verified')
    await refused({ sub: 's-4', email: 'unsure@x.example' }, 'says nothing')
    await refused({ sub: 's-5', email: 'stranger@x.example', email_verified: true }, 'never invited')
    await invite(admin, 'both@x.example')
    await invite(officer, 'both@x.example')
    await refused({ sub: 's-6', email: 'both@x.example', email_verified: true }, 'invited twice')
    const member = await colleague(gateway, admin, { email: 'gone@qingquan.example', roles: ['member'] })
    await admin.post(`/v1/users/${member.id}/disable`)
    await refused({ sub: 's-7', email: 'gone@qingquan.example', email_verified: true }, 'disabled')
    const [rows] = await rowsOf(
      gateway.ownerDb,
      sql`select count(*)::int as n from gateway.oidc_identity where subject in ('s-4', 's-5', 's-6', 's-7')`
    )
    t.equal(rows?.n, 0, 'and leave no link')
  })

  await t.test('a meddled state, a replay, a wrong nonce or audience is refused', async (t) => {
    provider.state.person = { sub: 's-1' }
    const other = await signInThrough(gateway, (url) => (url.searchParams.set('state', 'another'), url))
    t.equal(other.answer.statusCode, 401)
    const good = await signInThrough(gateway)
    t.equal((await good.repeat()).statusCode, 401, 'the way back works once')
    t.equal((await gateway.app.inject('/sign-in/oidc/callback?code=x&state=y')).statusCode, 401)
    provider.state.nonce = 'another'
    t.equal((await signInThrough(gateway)).answer.statusCode, 401)
    provider.state.nonce = undefined
    provider.state.audience = 'another'
    t.equal((await signInThrough(gateway)).answer.statusCode, 401)
    provider.state.audience = 'siku'
    t.notOk(gateway.log.join('').includes('shh'))
  })
})

t.test('without a provider there is no such way in; with half the settings there is no start', async (t) => {
  const { app } = await openGateway(t)
  t.equal((await app.inject('/sign-in/oidc')).statusCode, 404)
  t.notMatch((await app.inject('/sign-in')).body, /oidc/)
  await t.rejects(openGateway(t, { env: { SIKU_OIDC_ISSUER: 'https://id.example' } }), { code: 'SIKU_GATEWAY_OIDC_INCOMPLETE' })
  t.equal(
    (
      await (
        await openGateway(t, { env: { SIKU_OIDC_ISSUER: 'http://127.0.0.1:1', SIKU_OIDC_CLIENT_ID: 'a', SIKU_OIDC_CLIENT_SECRET: 'b' } })
      ).app.inject('/sign-in/oidc')
    ).statusCode,
    503
  )
})
