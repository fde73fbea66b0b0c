import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JSONWebKeySet, type JWK } from 'jose'
import { serviceIdentities, type ServiceIdentity } from '@siku/contracts'
import { StartError } from './errors.ts'

/** Who signs: the gateway for people and keys, a background process for itself. */
export type Issuer = 'gateway' | ServiceIdentity

export type SigningKey = { issuer: Issuer; kid: string; privateJwk: JWK; publicJwk: JWK }

export const tokenAlgorithm = 'EdDSA'

/** A fresh Ed25519 key. Its id starts with the issuer, so that one key set can hold everybody's keys and no key speaks for another. */
export async function generateSigningKey(issuer: Issuer): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair(tokenAlgorithm, { crv: 'Ed25519', extractable: true })
  return toSigningKey(issuer, await exportJWK(privateKey))
}

/** Reads a private JWK as it stands in a setting. */
export async function readSigningKey(issuer: Issuer, text: string): Promise<SigningKey> {
  const jwk = parse(text)
  if (jwk?.kty !== 'OKP' || jwk.crv !== 'Ed25519' || typeof jwk.d !== 'string' || typeof jwk.x !== 'string') {
    throw new StartError(
      'SIKU_KIT_SIGNING_KEY_UNUSABLE',
      `The signing key of ${issuer} must be a private Ed25519 JWK; \`siku env init\` makes one`
    )
  }
  return toSigningKey(issuer, jwk)
}

async function toSigningKey(issuer: Issuer, { kty, crv, x, d }: JWK): Promise<SigningKey> {
  const kid = `${issuer}/${(await calculateJwkThumbprint({ kty, crv, x })).slice(0, 16)}`
  const shared = { kty, crv, x, kid, alg: tokenAlgorithm, use: 'sig' } as JWK
  return { issuer, kid, publicJwk: shared, privateJwk: { ...shared, d } }
}

/** The document others check tokens with: during a rotation it holds the old and the new key of an issuer. */
export const publicKeySet = (keys: readonly SigningKey[]): JSONWebKeySet => ({ keys: keys.map(({ publicJwk }) => publicJwk) })

/** The issuer a key id speaks for, or undefined if it is none of ours. */
export function issuerOf(kid: string): Issuer | undefined {
  const issuer = kid.slice(0, kid.lastIndexOf('/'))
  return (['gateway', ...serviceIdentities] as const).find((known) => known === issuer)
}

function parse(text: string): JWK | undefined {
  try {
    return JSON.parse(text) as JWK
  } catch {
    return undefined
  }
}
