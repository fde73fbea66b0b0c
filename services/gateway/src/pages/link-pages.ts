import type { ServicePlugin } from '@siku/service-kit'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { accountContextOf, giveSession, takeSession, type GatewayParts } from '../parts.ts'
import { agentClassOf } from '../sessions/session-store.ts'
import { acceptInvitation } from '../verbs/accept-invitation.ts'
import { describeLink, type DescribedLink } from '../verbs/describe-link.ts'
import { resetPassword } from '../verbs/reset-password.ts'
import type { MessageKey } from './messages.ts'
import { say } from './messages.ts'
import { pageGet, pagePost } from './page-config.ts'
import { pageKit, type Filled } from './page-kit.ts'
import { afterStage } from './sign-in-pages.ts'
import { linkView, nameLengthMax } from './views.ts'

type Opened = { token: string; link: DescribedLink; status?: number; sentence?: string; name?: string }

/** What opens from a one-time link: accept an invitation, or set another password. */
export const linkPages =
  (parts: GatewayParts): ServicePlugin =>
  async (app) => {
    const kit = pageKit(parts)
    const toContext = accountContextOf(parts)

    const show = (request: FastifyRequest, reply: FastifyReply, { status, ...opened }: Opened) => {
      const path = kit.keepLanguage(request, `/link?token=${opened.token}`)
      const title = opened.link.purpose === 'reset' ? 'resetTitle' : 'inviteTitle'
      return kit.show(request, reply, { title, status, path, body: linkView({ ...kit.formParts(request, reply, '/link'), ...opened }) })
    }

    app.get('/link', pageGet, async (request, reply) => {
      const { token } = request.query as { token?: unknown }
      const link = await describeLink(toContext(request), { token: String(token) })
      return show(request, reply, { token: String(token), link })
    })

    app.post('/link', pagePost, async (request, reply) => {
      const filled = kit.readForm(request)
      const token = filled?.('token') ?? ''
      const link = await describeLink(toContext(request), { token })
      const lack = lackOf(filled, link)
      const name = filled?.('name').trim() ?? ''
      if (!filled || lack)
        return show(request, reply, { token, link, name, status: 400, sentence: say(kit.languageOf(request), lack ?? 'formExpired') })
      try {
        return await (link.purpose === 'reset' ? reset : accept)(request, reply, filled)
      } catch (error) {
        return show(request, reply, { token, link, name, ...kit.faultOf(request, error) })
      }
    })

    const reset = async (request: FastifyRequest, reply: FastifyReply, filled: Filled) => {
      await resetPassword(toContext(request), { token: filled('token'), password: filled('password') })
      takeSession(parts, reply)
      return reply.redirect(kit.keepLanguage(request, '/sign-in?set=1'), 303)
    }

    const accept = async (request: FastifyRequest, reply: FastifyReply, filled: Filled) => {
      const agent = agentClassOf(request.headers['user-agent'])
      const input = { token: filled('token'), displayName: filled('name').trim(), password: filled('password'), agent }
      const session = await acceptInvitation(toContext(request), input)
      giveSession(parts, reply, session)
      return reply.redirect(kit.keepLanguage(request, afterStage[session.stage]), 303)
    }
  }

/** What a filled-in form lacks before it is worth a try. */
function lackOf(filled: Filled | undefined, { purpose }: DescribedLink): MessageKey | undefined {
  if (!filled) return 'formExpired'
  const name = filled('name').trim()
  if (filled('password') === '' || (purpose === 'invitation' && (name === '' || [...name].length > nameLengthMax))) return 'fieldsMissing'
  return filled('password') === filled('again') ? undefined : 'passwordsDiffer'
}
