import httpProxy, { type FastifyHttpProxyOptions } from '@fastify/http-proxy'
import { BodyTooLarge, PathMalformed, ProblemError, type ServicePlugin, type SignToken } from '@siku/service-kit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { Agent } from 'undici'
import type { Upstream } from '../config.ts'
import { PathEscapes, ServiceAbsent, ServiceLate, ServiceUnreachable, TooManyHops } from '../errors.ts'
import { limitBytes } from './limit-bytes.ts'
import { hopHeader, toCallerHeaders, toServiceHeaders } from './passed-headers.ts'
import { prefixesOf } from './route-table.ts'

export type ProxyOptions = { urls: Record<Upstream, string>; sign: SignToken; timeoutMs: number; bodyBytesMax?: number }

/** A file of 25 MB with its form around it. */
const bodyBytesDefault = 26 * 1024 * 1024
const connectTimeoutMs = 2_000
const connectionsPerService = 64

/** Passes each part of the API on to the service that owns it, with a token that says who asks. */
export const proxyRoutes =
  (options: ProxyOptions): ServicePlugin =>
  async (app) => {
    for (const service of Object.keys(options.urls) as Upstream[]) await app.register(passOnTo(service, options))
  }

const passOnTo =
  (service: Upstream, { urls, sign, timeoutMs, bodyBytesMax = bodyBytesDefault }: ProxyOptions) =>
  async (scope: FastifyInstance) => {
    const upstream = urls[service]
    const host = new URL(upstream).host
    const agent = new Agent({
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      connect: { timeout: connectTimeoutMs },
      connections: connectionsPerService,
      pipelining: 1
    })
    // Its own routes would not say who may call them; ours do, and use what it gives a reply.
    const proxy: FastifyHttpProxyOptions = {
      upstream,
      routes: [],
      proxyPayloads: false,
      disableRequestLogging: true,
      retryMethods: [],
      undici: agent,
      destroyAgent: true
    }
    await scope.register(fp(httpProxy), proxy)
    passBodies(scope, bodyBytesMax)

    const handler = async (request: FastifyRequest, reply: FastifyReply) => {
      assertForwardable(request)
      const token = await sign(request.ctx.actor, service)
      return reply.from(undefined, {
        rewriteRequestHeaders: (_request, headers) => toServiceHeaders(headers, { host, token }),
        rewriteHeaders: (headers) => toCallerHeaders(headers),
        onError: (answer, { error }) => void answer.send(problemOf(error, service))
      })
    }
    const methods = { read: ['GET', 'HEAD'], write: ['POST', 'PUT', 'PATCH', 'DELETE'] }
    for (const prefix of prefixesOf(service)) {
      for (const [half, method] of Object.entries(methods)) {
        const config = { access: { action: 'service.forward', scope: `${service}:${half}` }, idempotency: false } as const
        for (const url of [prefix, `${prefix}/*`]) scope.route({ method, url, config, schema: { hide: true }, handler })
      }
    }
  }

/** Bodies go through as they are: the service that reads them judges them. */
function passBodies(scope: FastifyInstance, bodyBytesMax: number): void {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('*', (request, payload, done) => {
    if (Number(request.headers['content-length'] ?? 0) > bodyBytesMax) return done(BodyTooLarge())
    done(null, limitBytes(payload, bodyBytesMax))
  })
}

/** URLs swallow dot segments, plain or encoded; what a service sees must lie below what the caller named. */
function assertForwardable(request: FastifyRequest): void {
  if (request.headers[hopHeader] !== undefined) throw TooManyHops()
  const path = decodedPath(request.url)
  if (path === undefined) throw PathMalformed()
  if (path.includes('/..') || path.includes('../') || path.includes('/./') || path.includes('\\')) throw PathEscapes()
}

function decodedPath(url: string): string | undefined {
  try {
    return decodeURIComponent(url.split('?')[0] ?? '')
  } catch {
    return undefined
  }
}

const absent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])
const late = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT'])
const retryAfterSeconds = 2

function problemOf(error: Error, service: string): ProblemError {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (at instanceof ProblemError) return at
    const { code } = at as Error & { code?: string }
    if (code !== undefined && absent.has(code)) return ServiceAbsent(service).with({ retryAfterSeconds })
    if (code !== undefined && late.has(code)) return ServiceLate(service)
  }
  return ServiceUnreachable(service)
}
