import { Closed, CodeOf, Nullable, roles, type Actor, type ServiceName } from '@siku/contracts'
import { createLocalJWKSet, createRemoteJWKSet, errors, jwtVerify, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'
import { Type } from 'typebox'
import type { VerifyToken } from './authenticate.ts'
import { KeysUnavailable, TokenInvalid } from './errors.ts'
import { issuerOf, tokenAlgorithm } from './token-keys.ts'
import { tokenLifeSeconds, tokenType } from './token-signer.ts'
import { createAjv } from './validators.ts'

/** Clocks of two machines may differ by this much. */
const clockSkewSeconds = 5

export type TokenVerifierOptions = {
  audience: ServiceName
  /** Where the keys are: an address to fetch and cache them from, or a function in one process, asked each time so that rotation shows. */
  keys: URL | (() => JSONWebKeySet)
  now: () => Date
}

const ActorClaims = Closed({
  kind: CodeOf(['anonymous', 'user', 'key', 'service'] as const),
  organisationId: Nullable(Type.String()),
  organisationKey: Nullable(Type.String()),
  organisation: Nullable(Closed({ name: Type.String(), type: Type.String(), country: Type.String(), district: Nullable(Type.String()) })),
  verified: Type.Boolean(),
  roles: Type.Array(CodeOf(roles)),
  scopes: Type.Array(Type.String()),
  foreign: Type.Boolean(),
  country: Nullable(Type.String()),
  requestId: Type.String({ minLength: 1, maxLength: 128, pattern: '^[\\x21-\\x7e]+$' })
})
const isActorClaims = createAjv({ verbose: false }).compile<Omit<Actor, 'id'>>(ActorClaims)

/** Checks signature, algorithm, type, audience, issuer, age and shape; anything else than all of them is 401. */
export function createTokenVerifier({ audience, keys, now }: TokenVerifierOptions): VerifyToken {
  const findKey = keys instanceof URL ? remoteKeys(keys) : localKeys(keys)
  return async (token) => {
    const { payload, protectedHeader } = await verify(token, findKey, { audience, now: now() })
    const { iss, sub, iat = 0, exp = 0 } = payload
    if (exp - iat > tokenLifeSeconds) throw TokenInvalid('it lives longer than 60 s')
    if (issuerOf(protectedHeader.kid ?? '') !== iss) throw TokenInvalid('its key does not belong to its issuer')
    const claims = payload.actor
    if (!isActorClaims(claims) || typeof sub !== 'string' || sub === '') throw TokenInvalid('its claims are not those of an actor')
    if (!speaksFor(iss, claims.kind, sub)) throw TokenInvalid('its issuer may not speak for this subject')
    return { ...claims, id: sub }
  }
}

/** The gateway speaks for visitors, people and keys; a background process for itself alone. */
function speaksFor(issuer: string | undefined, kind: Actor['kind'], subject: string): boolean {
  if (kind === 'service') return issuer === subject || (issuer === 'gateway' && subject === 'service:gateway')
  return issuer === 'gateway'
}

async function verify(token: string, findKey: JWTVerifyGetKey, { audience, now }: { audience: string; now: Date }) {
  try {
    return await jwtVerify(token, findKey, {
      audience,
      algorithms: [tokenAlgorithm],
      typ: tokenType,
      clockTolerance: clockSkewSeconds,
      maxTokenAge: tokenLifeSeconds,
      requiredClaims: ['iss', 'sub', 'aud', 'iat', 'exp'],
      currentDate: now
    })
  } catch (error) {
    throw toRefusal(error)
  }
}

function toRefusal(error: unknown): Error {
  if (error instanceof errors.JWKSTimeout || isUnreachable(error)) return KeysUnavailable().with({ retryAfterSeconds: 2 })
  if (error instanceof errors.JWTExpired) return TokenInvalid('it has expired')
  if (error instanceof errors.JWTClaimValidationFailed) return TokenInvalid(`its ${error.claim} does not hold`)
  return TokenInvalid('it is malformed or its signature does not hold')
}

/** fetch fails with a TypeError; a key set that answers anything but 200 or no JSON is a plain JOSEError. */
const isUnreachable = (error: unknown) =>
  (error instanceof TypeError && error.message.includes('fetch')) ||
  (error instanceof errors.JOSEError && error.code === 'ERR_JOSE_GENERIC')

const remoteKeys = (url: URL) => createRemoteJWKSet(url, { cooldownDuration: 5_000, cacheMaxAge: 600_000, timeoutDuration: 2_000 })

function localKeys(read: () => JSONWebKeySet): JWTVerifyGetKey {
  let known: JSONWebKeySet | undefined
  let find: JWTVerifyGetKey | undefined
  return async (header, input) => {
    const current = read()
    if (find === undefined || current !== known) find = createLocalJWKSet(current)
    known = current
    return find(header, input)
  }
}
