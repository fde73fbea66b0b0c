import * as oidc from 'openid-client'
import type { AccountContext } from '../accounts/account-context.ts'
import type { OidcSettings } from '../config.ts'
import { OidcRefused, ServiceAbsent } from '../errors.ts'
import { isLoopback } from '../sessions/same-origin.ts'

/** What the browser carries, sealed, from leaving for the provider until it comes back. */
export type Flow = { state: string; nonce: string; verifier: string; startedAt: number }

/** Who the provider says somebody is. */
export type Claims = { issuer: string; subject: string; email: string | undefined; emailVerified: boolean }

export type Provider = {
  name: string
  begin: (ctx: AccountContext) => Promise<{ url: URL; flow: Flow }>
  finish: (ctx: AccountContext, input: { currentUrl: URL; flow: Flow }) => Promise<Claims>
}

const timeoutSeconds = 5
export const callbackPath = '/sign-in/oidc/callback'

/** One OpenID Connect provider: authorization code with PKCE, state and nonce. It is looked up when first needed, and again after a failure. */
export function createProvider({ issuer, clientId, clientSecret, name }: OidcSettings): Provider {
  let known: Promise<oidc.Configuration> | undefined
  const url = new URL(issuer)
  // A provider on this very machine may answer without TLS; any other must not.
  const execute = url.protocol === 'http:' && isLoopback(url) ? [oidc.allowInsecureRequests] : []
  const configuration = async (ctx: AccountContext): Promise<oidc.Configuration> => {
    known ??= oidc.discovery(url, clientId, clientSecret, undefined, { execute, timeout: timeoutSeconds })
    try {
      return await known
    } catch (error) {
      known = undefined
      ctx.log.warn({ event: 'oidc.unreachable', err: error }, 'the identity provider cannot be read')
      throw ServiceAbsent('the identity provider').with({ retryAfterSeconds: 10 })
    }
  }

  return {
    name,
    begin: async (ctx) => {
      const config = await configuration(ctx)
      const flow = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
        startedAt: ctx.now().getTime()
      }
      const parameters = {
        redirect_uri: `${ctx.settings.publicUrl}${callbackPath}`,
        scope: 'openid email',
        state: flow.state,
        nonce: flow.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(flow.verifier),
        code_challenge_method: 'S256'
      }
      return { url: oidc.buildAuthorizationUrl(config, parameters), flow }
    },
    finish: async (ctx, { currentUrl, flow }) => readClaims(await exchange(ctx, await configuration(ctx), { currentUrl, flow }))
  }
}

async function exchange(ctx: AccountContext, config: oidc.Configuration, { currentUrl, flow }: { currentUrl: URL; flow: Flow }) {
  try {
    return await oidc.authorizationCodeGrant(config, currentUrl, {
      pkceCodeVerifier: flow.verifier,
      expectedState: flow.state,
      expectedNonce: flow.nonce,
      idTokenExpected: true
    })
  } catch (error) {
    ctx.log.warn({ event: 'oidc.refused', err: error }, 'the identity provider’s answer did not hold')
    throw OidcRefused('its code, state, nonce or token does not hold; begin the sign-in again')
  }
}

function readClaims(tokens: Awaited<ReturnType<typeof exchange>>): Claims {
  const claims = tokens.claims()
  if (!claims) throw OidcRefused('it holds no ID token')
  const { iss, sub, email, email_verified: verified } = claims
  return { issuer: iss, subject: sub, email: typeof email === 'string' ? email : undefined, emailVerified: verified === true }
}
