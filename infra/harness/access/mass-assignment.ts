import { send, type Sent } from '../support/send.ts'
import { documentOf, operationsOf, type Operation } from '../support/openapi.ts'
import type { Places } from '../support/places.ts'
import { expectedOutcome, isReading } from './expectation.ts'
import { injectionsFor } from './injections.ts'
import type { Target } from './objects.ts'
import type { Principal } from './principals.ts'
import { lineFor } from './read-truth-table.ts'
import { requestFor, type Route } from './requests.ts'
import { routesOf, type Matrix } from './run-matrix.ts'

export type Injected = { requests: number; routes: number; refusedPlain: string[]; taken: string[] }

/**
 * R-D6: for each route that writes, a request that is good but for one field that only the platform may set. It must be refused with 400;
 * that the same request without the field is taken shows that nothing else was wrong with it.
 */
export async function injectEverywhere(places: Places, matrix: Matrix, names: readonly string[]): Promise<Injected> {
  const result: Injected = { requests: 0, routes: 0, refusedPlain: [], taken: [] }
  const document = documentOf(matrix.app)
  const operations = operationsOf(document)
  for (const route of routesOf(matrix.app).filter(({ method }) => !isReading(method))) {
    const operation = operations.find((one) => isSame(one, route))
    const chosen = chooseCaller(matrix, route)
    if (operation === undefined || chosen === undefined)
      throw new Error(`${route.method} ${route.url} cannot be tried: nobody may call it, or no document describes it`)
    result.routes += 1
    const token = await chosen.principal.token(matrix.service)
    if (chosen.isTaken) {
      const plain = await send(matrix.app, { ...requestFor(route, await chosen.target?.fresh(), matrix.mergeInto), token })
      if (plain.status >= 300) result.refusedPlain.push(`${route.method} ${route.url}: ${plain.status} ${plain.bytes}`)
    }
    const request = requestFor(route, chosen.target, matrix.mergeInto)
    const queryNames = operation.parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name)
    for (const { name, where, ...more } of injectionsFor(names, {
      document,
      schema: operation.body?.schema,
      body: request.body,
      queryNames
    })) {
      const answer = await send(matrix.app, { ...injected(request, more), token })
      result.requests += 1
      if (answer.status !== 400)
        result.taken.push(`${route.method} ${route.url} with ${name} in ${where}: ${answer.status} ${answer.bytes.slice(0, 200)}`)
    }
  }
  return result
}

/** Whether a document speaks of this route. */
export const isSame = ({ method, path }: Operation, route: Route): boolean =>
  method === route.method && path.replaceAll(/\{(\w+)\}/g, ':$1').replace(/\/$/, '') === route.url.replace(/\/$/, '')

/** The request with one field more. */
export function injected(request: Sent, { body, query }: { body?: unknown; query?: string }): Sent {
  const url = query === undefined ? request.url : `${request.url}${request.url.includes('?') ? '&' : '?'}${query}`
  return { ...request, url, ...(body === undefined ? {} : { body, headers: { ...request.headers, 'content-type': 'application/json' } }) }
}

type Chosen = { principal: Principal; target: Target | undefined; isTaken: boolean }

/** Somebody whose plain request would be taken, and the object; where no state lets it through, somebody who may at least ask. */
function chooseCaller(matrix: Matrix, route: Route): Chosen | undefined {
  const line = lineFor(matrix.table, route.method, route.url)
  if (line === undefined) return undefined
  const targets = matrix.targetsFor(route)
  const all = matrix.principals.flatMap((principal) =>
    (targets.length > 0 ? targets : [undefined]).map((target) => ({
      principal,
      target,
      outcome: expectedOutcome(line, route.method, principal, target)
    }))
  )
  const best = all.find(({ outcome }) => outcome === 'ok') ?? all.find(({ outcome }) => outcome === 'ok or after' || outcome === 'after')
  return best && { principal: best.principal, target: best.target, isTaken: best.outcome === 'ok' }
}
