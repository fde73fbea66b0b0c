import { serviceConfig, StartError, type VerifyToken, createTokenVerifier } from '@siku/service-kit'
import type { Static } from 'typebox'

/** Settings of the matching process; their descriptions are the environment page. */
export const MatchingConfig = serviceConfig('matching', {})
export type MatchingConfig = Static<typeof MatchingConfig>

export function verifierFor(jwksUrl: string | undefined, now: () => Date): VerifyToken {
  if (jwksUrl === undefined) {
    throw new StartError(
      'SIKU_MATCHING_NO_KEYS',
      'matching cannot check access tokens; set SIKU_JWKS_URL to the gateway’s /.well-known/jwks.json'
    )
  }
  return createTokenVerifier({ audience: 'matching', keys: new URL(jwksUrl), now })
}
