import { anonymous, type Actor } from '@siku/contracts'
import type { Authenticate } from '@siku/service-kit'
import type { FastifyRequest } from 'fastify'
import { asGateway, type AccountContext } from '../accounts/account-context.ts'
import { actorOf, isAdmitted } from '../accounts/actor-of.ts'
import { sameText } from '../accounts/secrets.ts'
import { CsrfMissing, KeyRefused } from '../errors.ts'
import { findKeyActor } from './find-key-actor.ts'
import type { Cookies } from './cookies.ts'
import { assertSameOrigin, isUnsafe } from './same-origin.ts'
import { findSession, isSeenLongAgo, markSeen, type OpenSession } from './session-store.ts'

export type ToAccountContext = (request: Pick<FastifyRequest, 'ctx'>) => AccountContext

declare module 'fastify' {
  interface FastifyContextConfig {
    /** `form`: the page checks the hidden field of its own form in place of the header. */
    csrf?: 'form'
  }
  interface FastifyRequest {
    /** The browser's session, halves included; null for keys and visitors. */
    session: (OpenSession & { token: string }) | null
  }
}

/** Who is calling the public door: an API key, a browser's session, or a visitor. A half session is a visitor still. */
export function byKeyOrSession(toContext: ToAccountContext, cookies: Cookies): Authenticate {
  return async (request) => {
    const ctx = toContext(request)
    request.session = null
    if (request.headers.authorization !== undefined) return byKey(ctx, request.headers.authorization)

    const token = cookies.read(request, 'session')
    if (isUnsafe(request)) assertSameOrigin(request, new URL(ctx.settings.publicUrl))
    if (token === undefined) return anonymous(ctx.requestId)
    const session = await readSession(ctx, token)
    if (!session) return anonymous(ctx.requestId)
    if (isUnsafe(request) && request.routeOptions.config.csrf !== 'form') assertCsrf(request, ctx.secrets.csrfOf(token))
    request.session = { ...session, token }
    return session.stage === 'full' ? actorOfSession(ctx, session) : anonymous(ctx.requestId)
  }
}

async function byKey(ctx: AccountContext, authorization: string): Promise<Actor> {
  const key = /^Bearer (siku_[a-z0-9]{12}_[A-Za-z0-9_-]{43})$/.exec(authorization)?.[1]
  if (key === undefined) throw KeyRefused()
  const actor = await findKeyActor(ctx, key)
  if (!actor) throw KeyRefused()
  return actor
}

async function readSession(ctx: AccountContext, token: string): Promise<OpenSession | undefined> {
  const session = await ctx.db.withRead(asGateway(ctx), (tx) => findSession(ctx, tx, token))
  if (!session || !isAdmitted(session.account, session.organisation)) return undefined
  if (isSeenLongAgo(ctx, session)) await ctx.db.withTx(asGateway(ctx), (tx) => markSeen(ctx, tx, session.sessionId))
  return session
}

export const actorOfSession = (ctx: AccountContext, { account, organisation }: Pick<OpenSession, 'account' | 'organisation'>): Actor =>
  actorOf({ kind: 'user', id: account.id, organisation, roles: account.roles, scopes: ['*'], requestId: ctx.requestId }, ctx.secrets)

function assertCsrf(request: FastifyRequest, expected: string): void {
  const given = request.headers['x-siku-csrf']
  if (typeof given !== 'string' || !sameText(given, expected)) throw CsrfMissing()
}
