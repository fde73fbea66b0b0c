import type { Actor } from '@siku/contracts'
import {
  createServiceSigner,
  createTokenSigner,
  createTokenVerifier,
  generateSigningKey,
  publicKeySet,
  readSigningKey,
  TokenInvalid
} from '@siku/service-kit'
import { testActors, testClock, testServices } from '@siku/testing'
import { createServer } from 'node:http'
import { once } from 'node:events'
import { generateKeyPair, importJWK, SignJWT } from 'jose'
import t from 'tap'

const clock = testClock()
const { now } = clock
const gateway = await generateSigningKey('gateway')
const match = await generateSigningKey('service:match')
const stranger = await generateSigningKey('gateway')
const keys = () => keySet
const keySet = publicKeySet([gateway, match])
const verify = createTokenVerifier({ audience: 'technology-reserve', keys, now })
const actor: Actor = { ...testActors.memberOfA, requestId: 'request-1' }
const good = await (await createTokenSigner({ key: gateway, now }))(actor, 'technology-reserve')

const seconds = () => Math.floor(now().getTime() / 1000)
const { id, ...claims } = actor
const fine = { iss: 'gateway', sub: id, aud: 'technology-reserve', iat: seconds(), exp: seconds() + 60, actor: claims }
const header = { alg: 'EdDSA', kid: gateway.kid, typ: 'siku+jwt' }

/** Signs anything with the gateway's true key: what is wrong must be seen by the checks after the signature. */
const signed = async (payload: object, protectedHeader: object = {}, key = gateway) =>
  new SignJWT(payload as never).setProtectedHeader({ ...header, ...protectedHeader }).sign(await importJWK(key.privateJwk, 'EdDSA'))

const [headerPart = '', payloadPart = '', signaturePart = ''] = good.split('.')
const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const without = (field: keyof typeof fine) => Object.fromEntries(Object.entries(fine).filter(([name]) => name !== field))
const hmac = async (secret: Uint8Array) => new SignJWT(fine).setProtectedHeader({ ...header, alg: 'HS256' }).sign(secret)

t.test('a token tells a service who is calling', async (t) => {
  t.strictSame(await verify(good), actor)
  const service = await (await createServiceSigner('service:match', { key: match, now }))('technology-reserve', 'request-1')
  t.strictSame(await verify(service), { ...testServices['service:match'], requestId: 'request-1' })
})

const mutations: [what: string, token: () => Promise<string> | string][] = [
  ['nothing', () => ''],
  ['one part', () => headerPart],
  ['two parts', () => `${headerPart}.${payloadPart}`],
  ['four parts', () => `${good}.x`],
  ['no signature', () => `${headerPart}.${payloadPart}.`],
  ['a cut signature', () => good.slice(0, -4)],
  ['a changed signature', () => `${headerPart}.${payloadPart}.${signaturePart.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))}`],
  ['a changed payload', () => `${headerPart}.${encoded({ ...fine, sub: 'someone-else' })}.${signaturePart}`],
  ['a changed header', () => `${encoded({ ...header, extra: 1 })}.${payloadPart}.${signaturePart}`],
  ['a payload that is no JSON', () => `${headerPart}.${Buffer.from('{').toString('base64url')}.${signaturePart}`],
  ['a header that is no JSON', () => `e30x.${payloadPart}.${signaturePart}`],
  ['alg none', () => `${encoded({ ...header, alg: 'none' })}.${payloadPart}.`],
  ['alg None in capitals', () => `${encoded({ ...header, alg: 'None' })}.${payloadPart}.${signaturePart}`],
  ['HS256 with the public key as its secret', () => hmac(Buffer.from(JSON.stringify(gateway.publicJwk)))],
  ['HS256 with the raw public key', () => hmac(Buffer.concat([Buffer.from(String(gateway.publicJwk.x), 'base64url'), Buffer.alloc(32)]))],
  [
    'another algorithm with a key of its own',
    async () => {
      const { privateKey } = await generateKeyPair('ES256')
      return new SignJWT(fine).setProtectedHeader({ ...header, alg: 'ES256' }).sign(privateKey)
    }
  ],
  ['a key nobody knows', () => signed(fine, { kid: stranger.kid }, stranger)],
  ['a strange key under a known id', () => signed(fine, {}, stranger)],
  ['no key id', () => signed(fine, { kid: undefined }, stranger)],
  ['its key inside the token', () => signed(fine, { jwk: stranger.publicJwk, kid: stranger.kid }, stranger)],
  ['the address of its key inside the token', () => signed(fine, { jku: 'http://127.0.0.1:1/jwks.json', kid: stranger.kid }, stranger)],
  ['an unknown critical header', () => `${encoded({ ...header, crit: ['exp'] })}.${payloadPart}.${signaturePart}`],
  ['another type', () => signed(fine, { typ: 'JWT' })],
  ['no type', () => signed(fine, { typ: undefined })],
  ['another audience', () => signed({ ...fine, aud: 'matching' })],
  ['no audience', () => signed(without('aud'))],
  ['an issuer whose key it is not', () => signed({ ...fine, iss: 'service:match' })],
  ['an unknown issuer', () => signed({ ...fine, iss: 'https://elsewhere.example' })],
  ['no issuer', () => signed(without('iss'))],
  ['an end in the past', () => signed({ ...fine, iat: seconds() - 120, exp: seconds() - 60 })],
  ['no end', () => signed(without('exp'))],
  ['no beginning', () => signed(without('iat'))],
  ['a beginning in the future', () => signed({ ...fine, iat: seconds() + 600, exp: seconds() + 660 })],
  ['a life of an hour', () => signed({ ...fine, exp: seconds() + 3600 })],
  ['an hour of age under a long life', () => signed({ ...fine, iat: seconds() - 3600, exp: seconds() + 60 })],
  ['a time before which it does not hold', () => signed({ ...fine, nbf: seconds() + 600 })],
  ['no subject', () => signed(without('sub'))],
  ['an empty subject', () => signed({ ...fine, sub: '' })],
  ['no actor', () => signed(without('actor'))],
  ['an unknown role', () => signed({ ...fine, actor: { ...claims, roles: ['root'] } })],
  ['an unknown kind', () => signed({ ...fine, actor: { ...claims, kind: 'god' } })],
  ['a claim nobody knows', () => signed({ ...fine, actor: { ...claims, admin: true } })],
  ['a missing claim', () => signed({ ...fine, actor: { ...claims, foreign: undefined } })],
  ['a claim of another type', () => signed({ ...fine, actor: { ...claims, foreign: 'false' } })],
  ['a request id that breaks lines', () => signed({ ...fine, actor: { ...claims, requestId: 'a\nb' } })],
  ['a person, signed by a background process', () => signed({ ...fine, iss: 'service:match' }, { kid: match.kid }, match)],
  [
    'another service, signed by a background process',
    () =>
      signed(
        { ...fine, iss: 'service:match', sub: 'service:clock', actor: { ...claims, kind: 'service', roles: [] } },
        { kid: match.kid },
        match
      )
  ],
  [
    'a background process, signed by the gateway',
    () => signed({ ...fine, sub: 'service:match', actor: { ...claims, kind: 'service', roles: [] } })
  ]
]

t.test(`each of ${mutations.length} ways to spoil a token is refused`, async (t) => {
  for (const [what, token] of mutations) {
    const outcome = await verify(await token()).then(
      () => 'let in',
      (error: unknown) => error
    )
    t.ok(TokenInvalid.is(outcome) && outcome.status === 401, `a token with ${what}`)
  }
  t.strictSame(await verify(await signed(fine)), actor, 'and the same way of signing without a fault is let in')
})

t.test('a token is over after a minute', async (t) => {
  const later = testClock(now())
  const inAMinute = createTokenVerifier({ audience: 'technology-reserve', keys, now: later.now })
  later.advance({ ms: 59_000 })
  t.strictSame(await inAMinute(good), actor)
  later.advance({ ms: 7_000 })
  await t.rejects(inAMinute(good), { code: 'SIKU_ACCESS_TOKEN_INVALID', message: /expired/ })
})

t.test('keys change without a gap: old and new hold together, then the old one ends', async (t) => {
  const next = await generateSigningKey('gateway')
  const newer = await (await createTokenSigner({ key: next, now }))(actor, 'technology-reserve')
  let published = publicKeySet([gateway])
  const rotating = createTokenVerifier({ audience: 'technology-reserve', keys: () => published, now })
  await t.rejects(rotating(newer), { code: 'SIKU_ACCESS_TOKEN_INVALID' })
  published = publicKeySet([next, gateway])
  t.strictSame(await rotating(newer), actor)
  t.strictSame(await rotating(good), actor)
  published = publicKeySet([next])
  await t.rejects(rotating(good), { code: 'SIKU_ACCESS_TOKEN_INVALID' })
})

t.test('keys read over HTTP are kept; without them nobody is let in and nobody is called a liar', async (t) => {
  let served = 0
  const server = createServer((_request, response) => {
    served += 1
    response.setHeader('content-type', 'application/json').end(JSON.stringify(keySet))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const url = new URL(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/jwks.json`)
  const remote = createTokenVerifier({ audience: 'technology-reserve', keys: url, now })
  t.strictSame(await remote(good), actor)
  t.strictSame(await remote(good), actor)
  t.equal(served, 1)
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
  t.strictSame(await remote(good), actor, 'the keys already read still hold')
  const fresh = createTokenVerifier({ audience: 'technology-reserve', keys: url, now })
  await t.rejects(fresh(good), { code: 'SIKU_ACCESS_KEYS_UNAVAILABLE', status: 503 })
})

t.test('a signing key is read from its setting, and anything else is refused in words', async (t) => {
  const read = await readSigningKey('gateway', JSON.stringify(gateway.privateJwk))
  t.equal(read.kid, gateway.kid)
  await t.rejects(readSigningKey('gateway', 'hunter2'), { code: 'SIKU_KIT_SIGNING_KEY_UNUSABLE', message: /private Ed25519 JWK/ })
  await t.rejects(readSigningKey('gateway', JSON.stringify(gateway.publicJwk)), { code: 'SIKU_KIT_SIGNING_KEY_UNUSABLE' })
  t.notOk('d' in (publicKeySet([gateway]).keys[0] ?? {}), 'what is published holds no private part')
})
