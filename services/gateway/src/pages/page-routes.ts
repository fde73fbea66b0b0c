import formBody from '@fastify/formbody'
import type { ServicePlugin } from '@siku/service-kit'
import type { Provider } from '../oidc/provider.ts'
import type { GatewayParts } from '../parts.ts'
import { accountPages } from './account-pages.ts'
import { codePages } from './code-pages.ts'
import { enrolPages } from './enrol-pages.ts'
import { fault } from './form.ts'
import { html } from './html.ts'
import { linkPages } from './link-pages.ts'
import { say } from './messages.ts'
import { formBytesMax } from './page-config.ts'
import { pageKit } from './page-kit.ts'
import { providerPages } from './provider-pages.ts'
import { signInPages } from './sign-in-pages.ts'
import { icon, style } from './style.ts'

/** The plain pages with which a person gets in with nothing but a browser. */
export const pageRoutes =
  (parts: GatewayParts, provider: Provider | undefined): ServicePlugin =>
  async (app) => {
    await app.register(formBody, { bodyLimit: formBytesMax })
    const kit = pageKit(parts)
    app.setErrorHandler((error, request, reply) => {
      const { status, sentence } = kit.faultOf(request, error)
      if (status >= 500) request.log.error({ event: 'page.failed', err: error }, 'a page could not be shown')
      const { language, action } = kit.formParts(request, reply, '/sign-in')
      const body = html`${fault(sentence)}<a class="button" href="${action}">${say(language, 'signInTitle')}</a>`
      return kit.show(request, reply, { title: 'faultTitle', status, body })
    })
    for (const [path, type, content] of [
      ['/pages/style.css', 'text/css; charset=utf-8', style],
      ['/pages/icon.svg', 'image/svg+xml', icon]
    ] as const) {
      app.get(path, { config: { access: 'public' }, schema: { hide: true } }, async (_request, reply) =>
        reply.type(type).header('cache-control', 'public, max-age=3600').send(content)
      )
    }

    for (const pages of [
      signInPages(parts, provider),
      codePages(parts),
      enrolPages(parts),
      linkPages(parts),
      accountPages(parts),
      providerPages(parts, provider)
    ])
      await app.register(pages)
  }
