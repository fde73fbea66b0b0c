import { serviceActor } from '@siku/contracts'
import { sql } from 'drizzle-orm'
import type { Door } from '../support/open-door.ts'
import { documentOf, operationsOf } from '../support/openapi.ts'
import { send } from '../support/send.ts'
import { doorRequest } from './door-requests.ts'
import type { DoorTarget } from './door-targets.ts'
import { isReading } from './expectation.ts'
import { injectionsFor, serverOwnedNames } from './injections.ts'
import { injected, isSame, type Injected } from './mass-assignment.ts'
import { lineFor } from './read-truth-table.ts'
import { routesOf } from './run-matrix.ts'
import type { Route } from './requests.ts'
import { expectedAtDoor, type DoorMatrix, type DoorPrincipal } from './run-door-matrix.ts'

/** Called with a good password, code or link only, which a plain request of the matrix has not. */
const isAsked = (status: number): boolean => status === 401 || status === 404 || status === 409 || status === 410

/**
 * R-D6 at the public door: each route of its own that writes, by somebody who may, with one field that only the platform may set. `rows`
 * says what was stored before the first of these and after the last.
 */
export async function injectAtDoor(matrix: DoorMatrix): Promise<Injected & { before: unknown; after: unknown }> {
  const { door } = matrix
  const result: Injected = { requests: 0, routes: 0, refusedPlain: [], taken: [] }
  const names = await serverOwnedNames(door.owner)
  const operations = operationsOf(documentOf(door.app))
  const chosen: (Chosen & { route: Route })[] = []
  for (const route of routesOf(door.app).filter(({ method }) => !isReading(method))) {
    if (!operations.some((one) => isSame(one, route))) continue
    const call = await chooseCaller(matrix, route)
    if (!call) throw new Error(`${route.method} ${route.url} cannot be tried: nobody may call it`)
    chosen.push({ ...call, route })
    // Whoever asks to be signed out is.
    if (route.method === 'DELETE' && route.url === '/v1/session') continue
    const plain = await send(door.app, withHeaders(doorRequest(route, await call.target?.fresh()), call.principal))
    if (plain.status >= 300 && !(call.cell === 'asked' && isAsked(plain.status)))
      result.refusedPlain.push(`${route.method} ${route.url}: ${plain.status} ${plain.bytes}`)
  }
  const before = await allRows(door)
  for (const { route, principal, target } of chosen) {
    const operation = operations.find((one) => isSame(one, route))
    const request = doorRequest(route, target)
    const queryNames = operation?.parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name) ?? []
    result.routes += 1
    const where = { document: documentOf(door.app), schema: operation?.body?.schema, body: request.body, queryNames }
    for (const { name, where: place, ...more } of injectionsFor(names, where)) {
      const answer = await send(door.app, withHeaders(injected(request, more), principal))
      result.requests += 1
      if (answer.status !== 400)
        result.taken.push(`${route.method} ${route.url} with ${name} in ${place}: ${answer.status} ${answer.bytes.slice(0, 200)}`)
    }
  }
  return { ...result, before, after: await allRows(door) }
}

const withHeaders = (request: ReturnType<typeof doorRequest>, { headers }: DoorPrincipal) => ({
  ...request,
  headers: { ...headers, ...request.headers }
})

type Chosen = { principal: DoorPrincipal; target: DoorTarget | undefined; cell: string }

/** Somebody whose plain request is taken, and an object to ask it for. */
async function chooseCaller(matrix: DoorMatrix, route: Route): Promise<Chosen | undefined> {
  const line = lineFor(matrix.table, route.method, route.url)
  if (!line) return undefined
  for (const principal of matrix.principals.filter(({ comes, scopes }) => comes === undefined && scopes === undefined)) {
    const targets = await matrix.targetsFor(route, principal)
    for (const target of targets.length > 0 ? targets : [undefined]) {
      const expected = expectedAtDoor({ route, line }, principal, target)
      if (expected === 'ok' || expected === 'asked') return { principal, target, cell: expected }
    }
  }
  return undefined
}

const tables = [
  ...['organisation', 'account', 'credential', 'recovery_code', 'attempt', 'session', 'link', 'api_key', 'oidc_identity', 'signing_key'],
  'idempotency'
]

/** All that the gateway keeps. */
async function allRows({ owner }: Door): Promise<unknown> {
  return owner.withRead(serviceActor('service:gateway', 'see'), async (tx) => {
    const found: unknown[] = []
    for (const table of tables) {
      const [row] = await tx.execute(
        sql`select ${table} as name, count(*)::int as rows, md5(coalesce(string_agg(to_jsonb(one)::text, '' order by to_jsonb(one)::text), '')) as hash
          from gateway.${sql.identifier(table)} one`
      )
      found.push(row)
    }
    return found
  })
}
