import { anonymous, type Actor } from '@siku/contracts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { TokenInvalid } from './errors.ts'
import type { Context } from './context.ts'

/** Reads who is calling. A service reads its token; the gateway reads cookies and API keys. */
export type Authenticate = (request: FastifyRequest) => Promise<Actor>
export type VerifyToken = (token: string) => Promise<Actor>

declare module 'fastify' {
  interface FastifyRequest {
    ctx: Context
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
  app.decorateRequest('ctx')
  app.addHook('onRequest', (request, _reply, done) => {
    request.ctx = { ...parts, actor: anonymous(request.id), log: request.log, requestId: request.id }
    done()
  })
}

/**
 * Puts the caller into the context. The request id of a verified token replaces ours, so that one id runs through gateway and services;
 * an id in a header is nobody's word and is not taken.
 */
export function identifyCallers(app: FastifyInstance, authenticate: Authenticate): void {
  app.addHook('onRequest', async (request, reply) => {
    if (request.routeOptions.config.access === 'public') return
    const actor = await authenticate(request)
    const { requestId } = actor
    request.id = requestId
    request.log = reply.log = app.log.child({ requestId })
    request.ctx = { ...request.ctx, actor, log: request.log, requestId }
  })
}
