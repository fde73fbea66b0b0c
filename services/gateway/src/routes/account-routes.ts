import type { ServicePlugin } from '@siku/service-kit'
import { accountContextOf, type GatewayParts } from '../parts.ts'
import { agentClassOf } from '../sessions/session-store.ts'
import { acceptInvitation } from '../verbs/accept-invitation.ts'
import { changePassword } from '../verbs/change-password.ts'
import { confirmTotp } from '../verbs/confirm-totp.ts'
import { disableTotp } from '../verbs/disable-totp.ts'
import { enrolTotp } from '../verbs/enrol-totp.ts'
import { resetPassword } from '../verbs/reset-password.ts'
import { answerSession, sessionStateOf } from './session-state.ts'
import { accountOperations } from './account-operations.ts'

/** What a person does with the own account: open it by a link, set a password, keep an authenticator. */
export const accountRoutes =
  (parts: GatewayParts): ServicePlugin =>
  async (app) => {
    const toContext = accountContextOf(parts)

    app.post('/v1/links/accept', accountOperations.acceptInvitation, async (request, reply) => {
      const session = await acceptInvitation(toContext(request), { ...request.body, agent: agentClassOf(request.headers['user-agent']) })
      return answerSession(parts, reply, session)
    })

    app.post('/v1/links/reset', accountOperations.resetPassword, async (request, reply) => {
      await resetPassword(toContext(request), request.body)
      return reply.code(204).send(null)
    })

    app.post('/v1/account/password', accountOperations.changePassword, async (request, reply) => {
      await changePassword(toContext(request), { session: request.session, ...request.body })
      return reply.code(204).send(null)
    })

    app.post('/v1/account/totp', accountOperations.enrolTotp, async (request) =>
      enrolTotp(toContext(request), { session: request.session })
    )

    app.post('/v1/account/totp/confirm', accountOperations.confirmTotp, async (request, reply) => {
      const agent = agentClassOf(request.headers['user-agent'])
      const { recoveryCodes, session } = await confirmTotp(toContext(request), { session: request.session, code: request.body.code, agent })
      if (!session) return { recoveryCodes, session: sessionStateOf(parts, request.session) }
      return { recoveryCodes, session: answerSession(parts, reply, session) }
    })

    app.post('/v1/account/totp/disable', accountOperations.disableTotp, async (request, reply) => {
      await disableTotp(toContext(request), { session: request.session, ...request.body })
      return reply.code(204).send(null)
    })
  }
