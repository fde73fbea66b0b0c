import type { ServicePlugin } from '@siku/service-kit'
import { accountContextOf, takeSession, type GatewayParts } from '../parts.ts'
import { agentClassOf } from '../sessions/session-store.ts'
import { confirmSignIn } from '../verbs/confirm-sign-in.ts'
import { listSessions } from '../verbs/list-sessions.ts'
import { revokeSession } from '../verbs/revoke-session.ts'
import { signIn } from '../verbs/sign-in.ts'
import { signOut } from '../verbs/sign-out.ts'
import { answerSession, sessionStateOf } from './session-state.ts'
import { sessionOperations } from './session-operations.ts'

/** Signing in and out, and the sessions a person has open. */
export const sessionRoutes =
  (parts: GatewayParts): ServicePlugin =>
  async (app) => {
    const toContext = accountContextOf(parts)

    app.get('/v1/session', sessionOperations.getSession, async (request) => sessionStateOf(parts, request.session))

    app.post('/v1/session', sessionOperations.signIn, async (request, reply) => {
      const session = await signIn(toContext(request), { ...request.body, agent: agentClassOf(request.headers['user-agent']) })
      return answerSession(parts, reply, session)
    })

    app.post('/v1/session/code', sessionOperations.confirmSignIn, async (request, reply) => {
      const agent = agentClassOf(request.headers['user-agent'])
      const session = await confirmSignIn(toContext(request), { session: request.session, code: request.body.code, agent })
      return answerSession(parts, reply, session)
    })

    app.delete('/v1/session', sessionOperations.signOut, async (request, reply) => {
      await signOut(toContext(request), request.session)
      takeSession(parts, reply)
      return reply.code(204).send(null)
    })

    app.get('/v1/sessions', sessionOperations.listSessions, async (request) => ({
      data: await listSessions(toContext(request), { current: request.session?.sessionId })
    }))

    app.delete('/v1/sessions/:id', sessionOperations.revokeSession, async (request, reply) => {
      await revokeSession(toContext(request), { sessionId: request.params.id })
      return reply.code(204).send(null)
    })
  }
