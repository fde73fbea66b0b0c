import type { ServicePlugin } from '@siku/service-kit'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { accountContextOf, giveSession, type GatewayParts } from '../parts.ts'
import { agentClassOf } from '../sessions/session-store.ts'
import { confirmSignIn } from '../verbs/confirm-sign-in.ts'
import { say } from './messages.ts'
import { pageGet, pagePost } from './page-config.ts'
import { pageKit } from './page-kit.ts'
import { codeView } from './views.ts'

type Told = { status?: number; sentence?: string }

/** The authenticator's code, second step of signing in. */
export const codePages =
  (parts: GatewayParts): ServicePlugin =>
  async (app) => {
    const kit = pageKit(parts)
    const toContext = accountContextOf(parts)
    const toSignIn = (request: FastifyRequest, reply: FastifyReply) => reply.redirect(kit.keepLanguage(request, '/sign-in'), 303)
    const expired = (request: FastifyRequest): Told => ({ status: 403, sentence: say(kit.languageOf(request), 'formExpired') })

    const showCode = (request: FastifyRequest, reply: FastifyReply, { status, sentence }: Told = {}) =>
      kit.show(request, reply, {
        title: 'codeTitle',
        status,
        body: codeView({ ...kit.formParts(request, reply, '/sign-in/code'), sentence })
      })

    app.get('/sign-in/code', pageGet, async (request, reply) =>
      request.session?.stage === 'totp' ? showCode(request, reply) : toSignIn(request, reply)
    )

    app.post('/sign-in/code', pagePost, async (request, reply) => {
      const filled = kit.readForm(request)
      if (!filled) return showCode(request, reply, expired(request))
      try {
        const agent = agentClassOf(request.headers['user-agent'])
        giveSession(parts, reply, await confirmSignIn(toContext(request), { session: request.session, code: filled('code'), agent }))
        return reply.redirect(kit.keepLanguage(request, '/account'), 303)
      } catch (error) {
        return showCode(request, reply, kit.faultOf(request, error))
      }
    })
  }
