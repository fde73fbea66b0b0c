import { serviceActor, type Actor, type ServiceIdentity, type ServiceName } from '@siku/contracts'
import { importJWK, SignJWT } from 'jose'
import { tokenAlgorithm, type SigningKey } from './token-keys.ts'

/** Longest life of a token: what a revoked session can still do is over after this. */
export const tokenLifeSeconds = 60
export const tokenType = 'siku+jwt'

export type SignToken = (actor: Actor, audience: ServiceName) => Promise<string>

export type TokenSignerOptions = { key: SigningKey; now: () => Date; lifeSeconds?: number }

/** Signs who is calling for exactly one service. */
export async function createTokenSigner({ key, now, lifeSeconds = tokenLifeSeconds }: TokenSignerOptions): Promise<SignToken> {
  const privateKey = await importJWK(key.privateJwk, tokenAlgorithm)
  return async (actor, audience) => {
    const issuedAt = Math.floor(now().getTime() / 1000)
    const { id, ...claims } = actor
    return new SignJWT({ actor: claims })
      .setProtectedHeader({ alg: tokenAlgorithm, kid: key.kid, typ: tokenType })
      .setIssuer(key.issuer)
      .setSubject(id)
      .setAudience(audience)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + Math.min(lifeSeconds, tokenLifeSeconds))
      .sign(privateKey)
  }
}

/** A background process speaks for itself and for nobody else. */
export async function createServiceSigner(identity: ServiceIdentity, options: TokenSignerOptions) {
  const sign = await createTokenSigner(options)
  return (audience: ServiceName, requestId: string) => sign(serviceActor(identity, requestId), audience)
}
