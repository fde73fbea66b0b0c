import type { ServicePlugin } from '@siku/service-kit'
import { nameOf } from '../accounts/actor-of.ts'
import { docsPrefix } from '../documents/document-routes.ts'
import type { GatewayParts } from '../parts.ts'
import { form, notice } from './form.ts'
import { html } from './html.ts'
import { say } from './messages.ts'
import { pageGet } from './page-config.ts'
import { pageKit } from './page-kit.ts'

/** Where a person stands after signing in, and the ways on from there. */
export const accountPages =
  (parts: GatewayParts): ServicePlugin =>
  async (app) => {
    const kit = pageKit(parts)

    app.get('/account', pageGet, async (request, reply) => {
      const { session } = request
      if (session?.stage !== 'full') return reply.redirect(kit.keepLanguage(request, '/sign-in'), 303)
      const { account, organisation } = session
      const { language, csrf, action } = kit.formParts(request, reply, '/sign-out')
      const leave = form({ action, csrf, button: say(language, 'signOut'), fields: [], look: 'second' })
      const body = html`<p>${say(language, 'signedInAs', { name: account.displayName, organisation: nameOf(organisation) })}</p>
        ${notice(organisation.state === 'pending' ? say(language, 'pendingNote') : undefined)}<a class="button" href="${docsPrefix}/"
          >${say(language, 'docs')}</a
        >${leave}`
      return kit.show(request, reply, { title: 'accountTitle', body })
    })

    app.get('/', pageGet, async (request, reply) => reply.redirect(kit.keepLanguage(request, '/account'), 303))
  }
