import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AccountContext, AccountSettings } from './accounts/account-context.ts'
import type { Secrets } from './accounts/secrets.ts'
import type { Cookies } from './sessions/cookies.ts'
import type { GivenSession } from './sessions/session-store.ts'

/** What the gateway's own routes share. */
export type GatewayParts = { secrets: Secrets; settings: AccountSettings; cookies: Cookies }

export const accountContextOf =
  ({ secrets, settings }: Pick<GatewayParts, 'secrets' | 'settings'>) =>
  ({ ctx }: Pick<FastifyRequest, 'ctx'>): AccountContext => ({ ...ctx, secrets, settings })

/** Lays a fresh session into the browser, with the CSRF value its scripts will need. */
export function giveSession({ cookies, secrets }: GatewayParts, reply: FastifyReply, { token }: Pick<GivenSession, 'token'>): void {
  cookies.write(reply, 'session', token)
  cookies.write(reply, 'csrf', secrets.csrfOf(token))
}

export function takeSession({ cookies }: GatewayParts, reply: FastifyReply): void {
  cookies.clear(reply, 'session')
  cookies.clear(reply, 'csrf')
}
