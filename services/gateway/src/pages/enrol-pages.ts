import type { ServicePlugin } from '@siku/service-kit'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { accountContextOf, giveSession, type GatewayParts } from '../parts.ts'
import { agentClassOf } from '../sessions/session-store.ts'
import { confirmTotp } from '../verbs/confirm-totp.ts'
import { enrolTotp } from '../verbs/enrol-totp.ts'
import { say } from './messages.ts'
import { pageGet, pagePost } from './page-config.ts'
import { pageKit } from './page-kit.ts'
import { enrolView, recoveryView } from './views.ts'

type Told = { status?: number; sentence?: string }

/** An authenticator's enrolment, and the recovery codes it ends with. */
export const enrolPages =
  (parts: GatewayParts): ServicePlugin =>
  async (app) => {
    const kit = pageKit(parts)
    const toContext = accountContextOf(parts)
    const toSignIn = (request: FastifyRequest, reply: FastifyReply) => reply.redirect(kit.keepLanguage(request, '/sign-in'), 303)
    const expired = (request: FastifyRequest): Told => ({ status: 403, sentence: say(kit.languageOf(request), 'formExpired') })

    const showEnrolment = async (request: FastifyRequest, reply: FastifyReply, { status, sentence }: Told = {}) => {
      const enrolment = await enrolTotp(toContext(request), { session: request.session })
      const body = enrolView({ ...kit.formParts(request, reply, '/sign-in/enrol'), ...enrolment, sentence })
      return kit.show(request, reply, { title: 'enrolTitle', status, body })
    }

    app.get('/sign-in/enrol', pageGet, async (request, reply) =>
      !request.session || request.session.stage === 'totp' ? toSignIn(request, reply) : showEnrolment(request, reply)
    )

    app.post('/sign-in/enrol', pagePost, async (request, reply) => {
      const filled = kit.readForm(request)
      if (!filled) return showEnrolment(request, reply, expired(request))
      try {
        const agent = agentClassOf(request.headers['user-agent'])
        const { recoveryCodes: codes, session } = await confirmTotp(toContext(request), {
          session: request.session,
          code: filled('code'),
          agent
        })
        if (session) giveSession(parts, reply, session)
        const next = kit.keepLanguage(request, '/account')
        return kit.show(request, reply, { title: 'recoveryTitle', body: recoveryView({ language: kit.languageOf(request), codes, next }) })
      } catch (error) {
        return showEnrolment(request, reply, kit.faultOf(request, error))
      }
    })
  }
