import type { Service } from '@siku/service-kit'
import { inParallel, send, tellingPart } from '../support/send.ts'
import type { PlaceName } from '../support/places.ts'
import { expectedOutcome, isOutcome, isReading } from './expectation.ts'
import { absentTarget, type Target } from './objects.ts'
import type { Principal } from './principals.ts'
import { lineFor, type TruthLine } from './read-truth-table.ts'
import { requestFor, type Route } from './requests.ts'

export type Matrix = {
  app: Service
  service: PlaceName
  table: readonly TruthLine[]
  principals: readonly Principal[]
  targetsFor: (route: Route) => readonly Target[]
  mergeInto: string
}
export type Verdict = {
  cells: number
  /** Routes that the truth table does not know. */
  unlisted: string[]
  /** Cells whose answer is of another kind than the table says. */
  wrong: string[]
  /** Hidden objects that were told apart from absent ones. */
  told: string[]
  outcomes: Record<string, number>
}

const atOnce = 8

/** Executes every cell: each route, method, caller and object, own, foreign and absent, in each class of states. */
export async function runMatrix(matrix: Matrix): Promise<Verdict> {
  const verdict: Verdict = { cells: 0, unlisted: [], wrong: [], told: [], outcomes: {} }
  for (const route of routesOf(matrix.app)) {
    const line = lineFor(matrix.table, route.method, route.url)
    if (line === undefined) {
      verdict.unlisted.push(`${route.method} ${route.url}`)
      continue
    }
    await inParallel(matrix.principals, atOnce, (principal) => tryPrincipal({ matrix, verdict, route, line }, principal))
  }
  return verdict
}

export const routesOf = (app: Service): Route[] =>
  [...new Map(app.routeTable.map(({ method, url }) => [`${method} ${url.replace(/(.)\/$/, '$1')}`, { method, url }])).values()].filter(
    ({ method }) => method !== 'OPTIONS'
  )

type Row = { matrix: Matrix; verdict: Verdict; route: Route; line: TruthLine }

async function tryPrincipal(row: Row, principal: Principal): Promise<void> {
  const { matrix, route, line } = row
  const token = await principal.token(matrix.service)
  const targets = matrix.targetsFor(route)
  if (targets.length === 0) return void (await tryCell(row, { principal, token, target: undefined }))
  const absent = await tryCell(row, { principal, token, target: absentTarget() })
  for (const target of targets) {
    const expected = expectedOutcome(line, route.method, principal, target)
    const isHidden = expected === '404' || expected === '403' || expected === '401'
    const answered = await tryCell(row, { principal, token, target })
    if (isHidden && answered !== absent)
      row.verdict.told.push(`${route.method} ${route.url} by ${principal.name} on ${target.name}: ${answered} and not ${absent}`)
  }
}

type CellOf = { principal: Principal; token: string | undefined; target: Target | undefined }

async function tryCell({ matrix, verdict, route, line }: Row, { principal, token, target }: CellOf): Promise<string> {
  const expected = expectedOutcome(line, route.method, principal, target)
  const isUsedUp = !isReading(route.method) && (expected === 'ok' || expected === 'ok or after' || expected === 'after')
  const at = isUsedUp && target !== undefined ? await target.fresh() : target
  const answer = await send(matrix.app, { ...requestFor(route, at, matrix.mergeInto), token })
  verdict.cells += 1
  const outcome = answer.status < 300 ? 'ok' : String(answer.status)
  verdict.outcomes[outcome] = (verdict.outcomes[outcome] ?? 0) + 1
  if (!isOutcome(expected, answer.status)) {
    verdict.wrong.push(
      `${route.method} ${route.url} by ${principal.name} on ${target?.name ?? 'all'}: expected ${expected}, got ${answer.status} ${String(answer.body.code ?? '')} ${String(answer.body.detail ?? '')}`
    )
  }
  return tellingPart(answer)
}
