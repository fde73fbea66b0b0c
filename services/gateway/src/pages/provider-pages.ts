import type { ServicePlugin } from '@siku/service-kit'
import type { FastifyRequest } from 'fastify'
import { minuteMs } from '../accounts/account-context.ts'
import { OidcNotConfigured, OidcRefused } from '../errors.ts'
import { callbackPath, type Flow, type Provider } from '../oidc/provider.ts'
import { accountContextOf, giveSession, type GatewayParts } from '../parts.ts'
import { guarded } from '../routes/access.ts'
import { agentClassOf } from '../sessions/session-store.ts'
import { signInByProvider } from '../verbs/sign-in-by-provider.ts'
import { pageGet } from './page-config.ts'
import { pageKit } from './page-kit.ts'
import { afterStage } from './sign-in-pages.ts'

const flowMsMax = 10 * minuteMs

/** The way to the identity provider and back. What is needed on return travels sealed in a cookie of its own. */
export const providerPages =
  (parts: GatewayParts, provider: Provider | undefined): ServicePlugin =>
  async (app) => {
    const kit = pageKit(parts)
    const toContext = accountContextOf(parts)
    const { cookies, secrets, settings } = parts
    const route = { ...pageGet, config: { ...pageGet.config, ...guarded } }

    app.get('/sign-in/oidc', route, async (request, reply) => {
      if (!provider) throw OidcNotConfigured()
      const { url, flow } = await provider.begin(toContext(request))
      cookies.write(reply, 'oidc', secrets.seal('oidc', JSON.stringify(flow)))
      return reply.redirect(url.href, 303)
    })

    app.get(callbackPath, route, async (request, reply) => {
      if (!provider) throw OidcNotConfigured()
      const ctx = toContext(request)
      const flow = readFlow(request)
      cookies.clear(reply, 'oidc')
      if (!flow || ctx.now().getTime() - flow.startedAt > flowMsMax)
        throw OidcRefused('the sign-in was not begun here or took too long; begin it again')
      const claims = await provider.finish(ctx, { currentUrl: new URL(request.url, settings.publicUrl), flow })
      const session = await signInByProvider(ctx, { claims, agent: agentClassOf(request.headers['user-agent']) })
      giveSession(parts, reply, session)
      return reply.redirect(kit.keepLanguage(request, afterStage[session.stage]), 303)
    })

    const readFlow = (request: FastifyRequest): Flow | undefined => {
      const sealed = cookies.read(request, 'oidc')
      try {
        return sealed === undefined ? undefined : (JSON.parse(secrets.open('oidc', sealed)) as Flow)
      } catch {
        return undefined
      }
    }
  }
