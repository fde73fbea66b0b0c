import cookie from '@fastify/cookie'
import type { Database } from '@siku/db'
import {
  createService,
  newId as makeId,
  systemNow,
  type Dependency,
  type Logger,
  type Service,
  type ServicePlugin
} from '@siku/service-kit'
import fp from 'fastify-plugin'
import { createSecrets } from './accounts/secrets.ts'
import { settingsOf, upstreamUrls, type GatewayConfig, type Upstream } from './config.ts'
import { docsPrefix, documentRoutes } from './documents/document-routes.ts'
import { createProvider } from './oidc/provider.ts'
import { pageRoutes } from './pages/page-routes.ts'
import { accountContextOf, type GatewayParts } from './parts.ts'
import { proxyRoutes } from './proxy/proxy-routes.ts'
import { ratePolicies } from './rate-policies.ts'
import { accountRoutes } from './routes/account-routes.ts'
import { keyRoutes } from './routes/key-routes.ts'
import { organisationRoutes } from './routes/organisation-routes.ts'
import { sharedSchemas } from './routes/schemas.ts'
import { sessionRoutes } from './routes/session-routes.ts'
import { userRoutes } from './routes/user-routes.ts'
import { vocabularyRoutes } from './routes/vocabulary-routes.ts'
import type { SearchPort } from './search/search-libraries.ts'
import { SearchHitSchema, searchRoutes } from './search/search-routes.ts'
import { byKeyOrSession } from './sessions/authenticate.ts'
import { createCookies } from './sessions/cookies.ts'
import { keySetRoute } from './tokens/key-set-route.ts'
import { openKeyRing, type KeyRing } from './tokens/key-ring.ts'

export type GatewayOptions = {
  config: GatewayConfig
  db: Database
  log: Logger
  /** The index and the vocabulary it speaks. */
  search: SearchPort
  /** Given where services of the same process check tokens with it; opened here otherwise. */
  keyRing?: KeyRing
  now?: () => Date
  newId?: () => string
  /** What `/health/ready` looks at beside the database. */
  dependencies?: readonly Dependency[]
  /** Where services answer, in place of the settings: services of the same process listen on ports of their own. */
  upstreams?: Partial<Record<Upstream, string>>
  /** Test builds: an undeclared status or shape leaves as a 500. */
  strictResponses?: boolean
  /** Routes beside its own. */
  plugins?: readonly ServicePlugin[]
}

export type Gateway = { app: Service; keyRing: KeyRing }

/** The one public door: accounts, keys, sessions, tokens, search, the composed document and the pages; the rest is passed on. */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { config, db, log, now = systemNow, newId = makeId } = options
  const { secure, oidc, ...settings } = settingsOf(config)
  const secrets = createSecrets(config.SIKU_SECRET, config.SIKU_OWNER_KEY)
  const parts: GatewayParts = { secrets, settings, cookies: createCookies({ secure }) }
  const keyRing = options.keyRing ?? (await openKeyRing({ db, now, secrets, requestId: 'key-ring' }))

  const urls = { ...upstreamUrls(config), ...options.upstreams }

  const app = await createService({
    name: 'gateway',
    title: 'Siku',
    description: 'Four linked libraries for science and technology partnering: the one public door.',
    db,
    log,
    now,
    newId,
    authenticate: byKeyOrSession(accountContextOf(parts), parts.cookies),
    schemas: [...sharedSchemas, SearchHitSchema],
    strictResponses: options.strictResponses ?? false,
    trustProxy: config.SIKU_TRUSTED_PROXIES?.split(',') ?? false,
    rates: ratePolicies(config),
    publicPrefixes: [docsPrefix],
    health: { dependencies: options.dependencies ?? [], metricsAccess: { action: 'pipeline.read', scope: 'gateway:read' } },
    plugins: [
      fp(async (instance) => {
        await instance.register(cookie)
        instance.decorateRequest('session', null)
      }) as ServicePlugin,
      keySetRoute(keyRing),
      sessionRoutes(parts),
      accountRoutes(parts),
      organisationRoutes(parts),
      userRoutes(parts),
      keyRoutes(parts),
      vocabularyRoutes,
      searchRoutes(parts, options.search),
      pageRoutes(parts, oidc && createProvider(oidc)),
      documentRoutes({ urls, now }),
      proxyRoutes({ urls, sign: keyRing.sign, timeoutMs: config.SIKU_UPSTREAM_TIMEOUT_MS }),
      ...(options.plugins ?? [])
    ]
  })
  return { app, keyRing }
}
