import type { ServicePlugin } from '@siku/service-kit'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { accountContextOf, giveSession, takeSession, type GatewayParts } from '../parts.ts'
import { agentClassOf, type SessionStage } from '../sessions/session-store.ts'
import { signIn } from '../verbs/sign-in.ts'
import { signOut } from '../verbs/sign-out.ts'
import { say } from './messages.ts'
import { pageGet, pagePost } from './page-config.ts'
import { pageKit } from './page-kit.ts'
import { signInView } from './views.ts'

export const afterStage: Record<SessionStage, string> = { full: '/account', totp: '/sign-in/code', enrolment: '/sign-in/enrol' }

type Told = { status?: number; sentence?: string; email?: string; done?: string | undefined }

/** Sign in with address and password, and sign out. */
export const signInPages =
  (parts: GatewayParts, provider: { name: string } | undefined): ServicePlugin =>
  async (app) => {
    const kit = pageKit(parts)
    const toContext = accountContextOf(parts)

    const show = (request: FastifyRequest, reply: FastifyReply, { status, ...told }: Told = {}) => {
      const other = provider && { name: provider.name, href: kit.keepLanguage(request, '/sign-in/oidc') }
      return kit.show(request, reply, {
        title: 'signInTitle',
        status,
        body: signInView({ ...kit.formParts(request, reply, '/sign-in'), ...told, provider: other })
      })
    }

    app.get('/sign-in', pageGet, async (request, reply) => {
      if (request.session?.stage === 'full') return reply.redirect(kit.keepLanguage(request, '/account'), 303)
      const isSet = (request.query as { set?: string }).set !== undefined
      return show(request, reply, { done: isSet ? say(kit.languageOf(request), 'passwordSet') : undefined })
    })

    app.post('/sign-in', pagePost, async (request, reply) => {
      const filled = kit.readForm(request)
      const language = kit.languageOf(request)
      if (!filled) return show(request, reply, { status: 403, sentence: say(language, 'formExpired') })
      const [email, password] = [filled('email').trim(), filled('password')]
      if (email === '' || password === '') return show(request, reply, { status: 400, sentence: say(language, 'fieldsMissing'), email })
      try {
        const session = await signIn(toContext(request), { email, password, agent: agentClassOf(request.headers['user-agent']) })
        giveSession(parts, reply, session)
        return reply.redirect(kit.keepLanguage(request, afterStage[session.stage]), 303)
      } catch (error) {
        return show(request, reply, { ...kit.faultOf(request, error), email })
      }
    })

    app.post('/sign-out', pagePost, async (request, reply) => {
      if (kit.readForm(request)) {
        await signOut(toContext(request), request.session)
        takeSession(parts, reply)
      }
      return reply.redirect(kit.keepLanguage(request, '/sign-in'), 303)
    })
  }
