import type { Principal } from './principals.ts'
import { mayRead } from './may-read.ts'
import type { Target } from './objects.ts'
import type { TruthLine } from './read-truth-table.ts'

/** `ok`: 2xx; `after`: let in, and refused for what was asked; `ok or after`: the rules of the library decide which. */
export type Outcome = 'ok' | 'after' | 'ok or after' | '401' | '403' | '404'

/** What the truth table says must come of one request. */
export function expectedOutcome(line: TruthLine, method: string, principal: Principal, target: Target | undefined): Outcome {
  const cell = line.cellFor(principal.column, principal.actor.id)
  if (cell === 'public') return 'ok'
  if (principal.isRefused) return '401'
  if (principal.key === 'nothing' || (principal.key === 'read' && !isReading(method))) return '403'
  if (cell === '-') return principal.column === 'visitor' ? '401' : '403'
  if (cell === 'all') return 'ok'
  if (target === undefined || target.ownerId === null) return '404'
  const isOwn = principal.actor.organisationId === target.ownerId
  if (cell === 'own') return isOwn ? inState(line, target) : '404'
  if (cell === 'open') return isOwn && target.isOpenToOwner ? 'ok' : '404'
  if (cell === 'any') return inState(line, target)
  if (cell === 'faced') return target.hasFace ? inState(line, target) : '404'
  return isOwn || (target.shown !== null && mayRead(principal.actor, target.shown)) ? inState(line, target) : '404'
}

export const isReading = (method: string): boolean => method === 'GET' || method === 'HEAD'

function inState({ when }: TruthLine, target: Target): Outcome {
  const found = when.find((pattern) => isState(pattern.replace('?', ''), target))
  if (found === undefined) return 'after'
  return found.startsWith('?') ? 'ok or after' : 'ok'
}

function isState(pattern: string, { state, isLive }: Target): boolean {
  if (pattern === '*') return true
  const [record = '', working] = pattern.split('/')
  const [recordState, workingState] = state.split('/')
  const fits = record === '*' || record === recordState || (record === 'live' && isLive)
  return fits && (working === undefined || working === '*' || working === workingState)
}

const afterAccess = [400, 409, 412, 422, 428]

/** Whether an answer is of the kind that was expected. */
export function isOutcome(expected: Outcome, status: number): boolean {
  if (expected === 'ok or after') return isOutcome('ok', status) || isOutcome('after', status)
  if (expected === 'ok') return status >= 200 && status < 300
  return expected === 'after' ? afterAccess.includes(status) : status === Number(expected)
}
