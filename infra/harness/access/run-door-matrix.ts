import { inParallel, send, tellingPart, type Answer } from '../support/send.ts'
import type { Door, Entrant } from '../support/open-door.ts'
import { doorRequest } from './door-requests.ts'
import { absentTarget } from './objects.ts'
import type { DoorTarget } from './door-targets.ts'
import { isOutcome, isReading } from './expectation.ts'
import { lineFor, type TruthLine } from './read-truth-table.ts'
import type { Route } from './requests.ts'
import { routesOf, type Verdict } from './run-matrix.ts'

/** Somebody at the door; keys have scopes, and a browser from elsewhere or with a stale session is known by how it comes. */
export type DoorPrincipal = Entrant & { column: string; scopes?: readonly string[]; comes?: 'with a bad key' | 'from another site' }
export type DoorMatrix = {
  door: Door
  table: readonly TruthLine[]
  principals: readonly DoorPrincipal[]
  targetsFor: (route: Route, principal: DoorPrincipal) => Promise<readonly DoorTarget[]>
}

type Expected = 'ok' | 'after' | 'asked' | 'nothing done' | 'for all' | 'passed on' | '401' | '403' | '404'

export async function runDoorMatrix(matrix: DoorMatrix): Promise<Verdict> {
  const verdict: Verdict = { cells: 0, unlisted: [], wrong: [], told: [], outcomes: {} }
  for (const route of routesOf(matrix.door.app)) {
    const line = lineFor(matrix.table, route.method, route.url)
    if (line === undefined) verdict.unlisted.push(`${route.method} ${route.url}`)
    // Whoever asks to be signed out is; the matrix needs its people to the end.
    else if (!(route.method === 'DELETE' && route.url === '/v1/session'))
      await inParallel(matrix.principals, 6, (principal) => tryEntrant({ matrix, verdict, route, line }, principal))
  }
  return verdict
}

type Row = { matrix: DoorMatrix; verdict: Verdict; route: Route; line: TruthLine }

async function tryEntrant(row: Row, principal: DoorPrincipal): Promise<void> {
  const targets = await row.matrix.targetsFor(row.route, principal)
  if (targets.length === 0) return void (await tryCell(row, principal, undefined))
  const absent = await tryCell(row, principal, absentTarget())
  for (const target of targets) {
    const expected = expectedAtDoor(row, principal, target)
    const answer = await tryCell(row, principal, target)
    if (['401', '403', '404'].includes(expected) && withoutCounters(answer) !== withoutCounters(absent)) {
      row.verdict.told.push(
        `${row.route.method} ${row.route.url} by ${principal.name} on ${target.name}: ${answer.status} ${answer.bytes.slice(0, 200)} and not ${absent.status} ${absent.bytes.slice(0, 200)}`
      )
    }
  }
}

async function tryCell(row: Row, principal: DoorPrincipal, target: DoorTarget | undefined): Promise<Answer> {
  const { matrix, verdict, route } = row
  const expected = expectedAtDoor(row, principal, target)
  const isUsedUp = !isReading(route.method) && (expected === 'ok' || expected === 'after')
  const at = isUsedUp && target ? ((await target.fresh()) as DoorTarget) : target
  const request = doorRequest(route, at)
  const answer = await send(matrix.door.app, { ...request, headers: { ...principal.headers, ...request.headers } })
  verdict.cells += 1
  verdict.outcomes[answer.status] = (verdict.outcomes[answer.status] ?? 0) + 1
  if (!isExpected(expected, answer.status)) {
    verdict.wrong.push(
      `${route.method} ${route.url} by ${principal.name} on ${target?.name ?? 'all'}: expected ${expected}, got ${answer.status} ${String(answer.body.code ?? '')} ${String(answer.body.detail ?? '')}`
    )
  }
  return answer
}

/** What the truth table says of a caller and an object. */
export function expectedAtDoor(
  { route, line }: Pick<Row, 'route' | 'line'>,
  principal: DoorPrincipal,
  target: DoorTarget | undefined
): Expected {
  const cell = line.cellFor(principal.column)
  if (cell === 'public') return 'for all'
  if (cell === 'composed') return 'passed on'
  if (principal.comes === 'with a bad key') return '401'
  if (cell === 'form' && !principal.scopes) return 'nothing done'
  if (principal.comes === 'from another site' && !isReading(route.method)) return '403'
  if (principal.scopes && !isInScope(principal.scopes, route)) return '403'
  if (cell === '-') return principal.column === 'visitor' ? '401' : '403'
  if (cell === 'asked') return 'asked'
  if (cell === 'door') return 'passed on'
  if (cell === 'all') return 'ok'
  if (target === undefined || target.ownerId === null) return '404'
  const mine = cell === 'self' ? principal.actor.id : principal.actor.organisationId
  if (cell !== 'any' && mine !== target.ownerId) return '404'
  return line.when.includes('*') || line.when.includes(target.state) ? 'ok' : 'after'
}

/** A key reads or writes in the service that a route belongs to; the gateway's own routes are a service too. */
function isInScope(scopes: readonly string[], { method, url }: Route): boolean {
  const [, first = ''] = /^\/v1\/([a-z]+)/.exec(url) ?? []
  const service = serviceOf[first] ?? 'gateway'
  return scopes.includes(`${service}:${isReading(method) ? 'read' : 'write'}`)
}
const serviceOf: Record<string, string> = {
  technologies: 'technology-reserve',
  demands: 'cooperation-demand',
  results: 'project-results',
  institutions: 'platform-institutions',
  matches: 'matching',
  thesaurus: 'matching',
  pipeline: 'matching',
  dossiers: 'matching',
  duplicates: 'matching',
  gaps: 'matching'
}

function isExpected(expected: Expected, status: number): boolean {
  // Nobody listens behind the door of the matrix: that nobody answered shows that it was passed on.
  if (expected === 'passed on') return [502, 503, 504].includes(status)
  if (expected === 'nothing done') return status >= 300 && status < 500
  // A page may send on to another, and a file may not be there; but nobody is asked who he is.
  if (expected === 'for all') return status < 500 && status !== 401 && status !== 403
  return expected === 'asked' ? status < 500 && status !== 403 : isOutcome(expected, status)
}

/** How many requests are left is counted for each caller, whatever is asked. */
function withoutCounters(answer: Answer): string {
  const headers = Object.fromEntries(
    Object.entries(answer.headers).filter(([name]) => !name.startsWith('ratelimit') && !name.startsWith('x-ratelimit'))
  )
  return tellingPart({ ...answer, headers })
}
