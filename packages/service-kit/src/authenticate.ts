import { anonymous, type Actor } from '@siku/contracts'
import type { FastifyContextConfig, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { TokenInvalid } from './errors.ts'
import type { Context } from './context.ts'

/** Reads who is calling. A service reads its token; the gateway reads cookies and API keys. */
export type Authenticate = (request: FastifyRequest) => Promise<Actor>
export type VerifyToken = (token: string) => Promise<Actor>

declare module 'fastify' {
  interface FastifyRequest {
    ctx: Context
    /** What its route was declared with; `routeOptions` puts a whole object together each time it is asked. */
    route: FastifyContextConfig & { url?: string }
  }
}

/** No token is an anonymous visitor; a token that does not hold is an error and never a visitor. */
export const byBearerToken =
  (verifyToken: VerifyToken): Authenticate =>
  async (request) => {
    const { authorization } = request.headers
    if (authorization === undefined) return anonymous(request.id)
    const token = /^Bearer ([A-Za-z0-9._~+/=-]+)$/i.exec(authorization)?.[1]
    if (token === undefined) throw TokenInvalid('Authorization must be Bearer and one token')
    return verifyToken(token)
  }

export type ContextParts = Pick<Context, 'db' | 'now' | 'newId'>

/** A context from the first moment on: whoever has not been identified yet is a visitor. */
export function provideContext(app: FastifyInstance, parts: ContextParts): void {
  const { db, now, newId } = parts
  app.decorateRequest('ctx')
  app.decorateRequest('route')
  app.addHook('onRequest', (request, _reply, done) => {
    const { id, log } = request
    request.route = request.routeOptions.config
    request.ctx = { db, now, newId, actor: anonymous(id), log, requestId: id }
    done()
  })
}

/**
 * Puts the caller into the context. The request id of a verified token replaces ours, so that one id runs through gateway and services;
 * an id in a header is nobody's word and is not taken.
 */
export function identifyCallers(app: FastifyInstance, authenticate: Authenticate): void {
  const identify = async (request: FastifyRequest, reply: FastifyReply) => {
    const actor = await authenticate(request)
    const { requestId } = actor
    request.id = requestId
    request.log = reply.log = app.log.child({ requestId })
    request.ctx = { ...request.ctx, actor, log: request.log, requestId }
    reply.header('x-request-id', requestId)
  }
  app.addHook('onRequest', (request, reply, done) => {
    if (request.route.access === 'public') return done()
    return identify(request, reply)
  })
}
