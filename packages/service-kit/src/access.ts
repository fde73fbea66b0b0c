import { accessTable, decideRoute, type Decision, type LibraryName } from '@siku/contracts'
import type { FastifyInstance, FastifyRequest, HookHandlerDoneFunction, RouteOptions } from 'fastify'
import { AccessForbidden, NotFound, SignInNeeded, StartError } from './errors.ts'
import type { ProblemError } from './problem-error.ts'

/** What a route does, in the words of the access table, and the scope an API key needs for it. `public` is for health and documents. */
export type RouteAccess = { action: string; scope: string; library?: LibraryName } | 'public'

export type RouteLine = { method: string; url: string; access: RouteAccess; operationId: string | undefined }

export type AccessOptions = { library?: LibraryName; publicPrefixes?: readonly string[] }

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: RouteAccess
    /** `false`: this POST takes no Idempotency-Key. */
    idempotency?: false
  }
  interface FastifyInstance {
    /** Every route with what it asks of its caller; the access matrix is tested from it. */
    routeTable: RouteLine[]
  }
}

/** Collects the route table. A route that says nothing of access, or names an action the table does not know, stops the process. */
export function requireAccess(app: FastifyInstance, options: AccessOptions): void {
  const table: RouteLine[] = []
  app.decorate('routeTable', table)
  app.addHook('onRoute', (route) => {
    const access = accessOf(route, options)
    route.config = { ...route.config, access }
    for (const method of [route.method].flat()) table.push({ method, url: route.url, access, operationId: operationIdOf(route) })
  })
}

function accessOf(route: RouteOptions, { library, publicPrefixes = [] }: AccessOptions): RouteAccess {
  const access = route.config?.access ?? (publicPrefixes.some((prefix) => isBelow(route.url, prefix)) ? 'public' : undefined)
  const name = `${[route.method].flat().join(',')} ${route.url}`
  if (access === undefined) {
    throw new StartError(
      'SIKU_KIT_ROUTE_WITHOUT_ACCESS',
      `${name} does not say who may call it; set config.access to { action, scope } or 'public'`
    )
  }
  if (access === 'public') return access
  if (!accessTable.some((line) => line.action === access.action)) {
    throw new StartError(
      'SIKU_KIT_ACTION_UNKNOWN',
      `${name} names the action ${access.action}, which has no line in the access table; add one or use another`
    )
  }
  return library === undefined ? access : { library, ...access }
}

const isBelow = (url: string, prefix: string) => url === prefix || url.startsWith(`${prefix}/`)

const operationIdOf = (route: RouteOptions) => route.schema?.operationId

/** Before anything of the request is read: may this caller ever do this? A refusal leaves a line in the log. */
export function enforceAccess(request: FastifyRequest, _reply: unknown, done: HookHandlerDoneFunction): void {
  const { access } = request.route
  if (access === undefined || access === 'public') return done()
  const decision = decideRoute(request.ctx.actor, access.action, access.scope, access.library)
  done(decision.allow ? undefined : refuse(request, access.action, decision))
}

/** The answer to a refusal of the access table, logged; verbs use it for decisions about a record. */
export function refuse(
  request: Pick<FastifyRequest, 'ctx' | 'log'>,
  action: string,
  decision: Exclude<Decision, { allow: true }>
): ProblemError {
  const { actor } = request.ctx
  request.log.warn({ event: 'access.refused', actor: actor.id, actorKind: actor.kind, action, as: decision.as }, 'access refused')
  return toRefusal(decision)
}

export function toRefusal({ as, reason }: Exclude<Decision, { allow: true }>): ProblemError {
  if (as === 'unauthenticated') return SignInNeeded()
  return as === 'absent' ? NotFound() : AccessForbidden(reason)
}
