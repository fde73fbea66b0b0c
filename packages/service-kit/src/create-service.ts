import type { FastifyHelmetOptions } from '@fastify/helmet'
import type { FastifyPluginAsyncTypebox, TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { LibraryName } from '@siku/contracts'
import type { Database } from '@siku/db'
import fastify, { LogController, type FastifyBaseLogger, type FastifyInstance, type RawServerDefault } from 'fastify'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { TSchema } from 'typebox'
import { describeAnswers } from './answer-headers.ts'
import { enforceAccess, requireAccess } from './access.ts'
import { byBearerToken, identifyCallers, provideContext, type Authenticate, type VerifyToken } from './authenticate.ts'
import { readJsonOnly } from './body-parser.ts'
import { newId, systemNow } from './clock.ts'
import type { Logger } from './context.ts'
import { answerErrors, findProblem, sendProblem } from './error-handler.ts'
import { StartError } from './errors.ts'
import { healthRoutes, type HealthOptions } from './health.ts'
import { acceptIdempotencyKeys } from './idempotency.ts'
import { createMetrics, measureRequests, type Metrics } from './metrics.ts'
import { answerUnknownRoutes } from './not-found.ts'
import { documentService } from './openapi.ts'
import { ProblemSchema } from './problem-responses.ts'
import { limitRates, type RatePolicy } from './rate-limit.ts'
import { completeSchemas } from './route-contract.ts'
import { checkResponses } from './strict-responses.ts'
import { guardText } from './text-guard.ts'
import { buildValidators } from './validators.ts'

/** A Fastify instance whose routes are typed from their TypeBox schemas. */
export type Service = FastifyInstance<RawServerDefault, IncomingMessage, ServerResponse, FastifyBaseLogger, TypeBoxTypeProvider>
export type ServicePlugin = FastifyPluginAsyncTypebox

export type ServiceOptions = {
  name: string
  title: string
  description: string
  version?: string
  db: Database
  log: Logger
  /** How callers are known: a service checks tokens, the gateway brings its own way. One of the two is needed. */
  verifyToken?: VerifyToken
  authenticate?: Authenticate
  /** The library whose lines of the access table hold for this service. */
  library?: LibraryName
  /** Schemas with `$id` that routes point at with `refTo`; they keep their names in the OpenAPI document. */
  schemas?: readonly TSchema[]
  plugins: readonly ServicePlugin[]
  health?: HealthOptions
  metrics?: Metrics
  /** Test builds: an undeclared status or shape leaves as a 500. */
  strictResponses?: boolean
  bodyLimitBytes?: number
  helmet?: FastifyHelmetOptions
  /** Proxies in front whose X-Forwarded-For is believed, by address; the gateway only. */
  trustProxy?: boolean | string | string[]
  /** Paths of third-party plugins that know nothing of `config.access`, such as `/docs`; anyone may call them. */
  publicPrefixes?: readonly string[]
  /** How many requests are taken, from whom; the gateway only. */
  rates?: readonly RatePolicy[]
  now?: () => Date
  newId?: () => string
}

const mebibyte = 1024 * 1024

/** Builds one service: the chassis first, then its plugins. It does not listen; `runProcess` or a test does. */
export async function createService(options: ServiceOptions): Promise<Service> {
  const app = openServer(options)
  const { metrics = createMetrics(), rates = [] } = options

  readJsonOnly(app)
  answerErrors(app)
  requireAccess(app, options)
  completeSchemas(app, { limited: rates.length > 0 })
  app.addSchema(ProblemSchema)
  for (const schema of options.schemas ?? []) app.addSchema(schema)

  provideContext(app, contextParts(options))
  await describeAnswers(app, options.helmet)
  await limitRates(
    app,
    rates.filter(({ counts }) => counts === 'every request')
  )
  identifyCallers(app, authenticatorOf(options))
  await limitRates(
    app,
    rates.filter(({ counts }) => counts === 'known callers')
  )
  app.addHook('onRequest', enforceAccess)
  app.addHook('preValidation', guardText)
  acceptIdempotencyKeys(app)
  measureRequests(app, metrics)
  if (options.strictResponses) checkResponses(app)

  await documentService(app, options)
  answerUnknownRoutes(app)
  await app.register(healthRoutes(options.health ?? {}, options.db, metrics))
  for (const plugin of options.plugins) await app.register(plugin)
  return app
}

function openServer({ log, newId: makeId = newId, bodyLimitBytes = mebibyte, trustProxy = false }: ServiceOptions): Service {
  const app = fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: () => makeId(),
    requestIdHeader: false,
    bodyLimit: bodyLimitBytes,
    trustProxy,
    routerOptions: { maxParamLength: 256 },
    forceCloseConnections: 'idle',
    frameworkErrors: (error, request, reply) => void sendProblem(findProblem(error, request), error, request, reply),
    schemaController: {
      compilersFactory: { buildValidator: (shared: unknown) => buildValidators(shared as Record<string, unknown>) as never }
    }
  })
  return app.withTypeProvider<TypeBoxTypeProvider>()
}

const contextParts = ({ db, now = systemNow, newId: makeId = newId }: ServiceOptions) => ({ db, now, newId: makeId })

function authenticatorOf({ name, authenticate, verifyToken }: ServiceOptions): Authenticate {
  if (authenticate) return authenticate
  if (verifyToken) return byBearerToken(verifyToken)
  throw new StartError('SIKU_KIT_NO_AUTHENTICATION', `${name} cannot tell who is calling; give createService verifyToken or authenticate`)
}
