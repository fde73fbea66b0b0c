import { AccessForbidden, DatabaseBusy, DatabaseUnavailable, OutcomeUnknown, StillReferenced, ValueRefused, ValueTaken } from './errors.ts'
import type { ProblemError, ProblemFactory } from './problem-error.ts'

const retryAfterSeconds = 2

/** Codes of the driver and of the socket below it when a connection breaks while a statement is on its way. */
const lostConnection = new Set(['CONNECTION_CLOSED', 'CONNECTION_DESTROYED', 'CONNECTION_ENDED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'])

/** Nothing was sent, or the transaction is known to be rolled back. */
const notReached = new Set(['CONNECT_TIMEOUT', 'ECONNREFUSED', 'ENOENT', 'SIKU_DB_LEASE_BROKEN', 'SIKU_DB_POOL_EXHAUSTED'])

/** SQLSTATEs by what the caller can do about them; a longer prefix wins. */
const bySqlState: [prefix: string, problem: ProblemFactory<[]>][] = [
  ['23505', ValueTaken],
  ['23P01', ValueTaken],
  ['23503', StillReferenced],
  ['23', ValueRefused],
  ['22', ValueRefused],
  ['40', DatabaseBusy],
  ['55P03', DatabaseBusy],
  ['53', DatabaseUnavailable],
  ['57', DatabaseUnavailable],
  ['08', DatabaseUnavailable]
]

/**
 * The answer to a database error, or undefined if it is not one. `mayHaveWritten` tells a lost connection during a change (unknown
 * outcome) from one during a read (nothing to lose).
 */
export function findDatabaseProblem(error: unknown, mayHaveWritten: boolean): ProblemError | undefined {
  const code = findCode(error)
  if (code === undefined) return undefined
  if (code === 'SIKU_DB_COMMIT_UNKNOWN') return OutcomeUnknown().with({ retryAfterSeconds })
  if (lostConnection.has(code)) return (mayHaveWritten ? OutcomeUnknown() : DatabaseUnavailable()).with({ retryAfterSeconds })
  if (notReached.has(code)) return DatabaseUnavailable().with({ retryAfterSeconds })
  if (code === '42501') return AccessForbidden('the database refuses this row to you')
  const problem = bySqlState.find(([prefix]) => isSqlState(code) && code.startsWith(prefix))?.[1]()
  return problem?.status === 503 ? problem.with({ retryAfterSeconds }) : problem
}

/** The first code along the chain of causes that speaks of the database: drizzle wraps the driver's error. */
export function findCode(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth++) {
    const { code } = at as Error & { code?: unknown }
    if (
      typeof code === 'string' &&
      (isSqlState(code) || lostConnection.has(code) || notReached.has(code) || code === 'SIKU_DB_COMMIT_UNKNOWN')
    ) {
      return code
    }
  }
  return undefined
}

const isSqlState = (code: string): boolean => /^[0-9A-Z]{5}$/.test(code) && code !== 'EPIPE'
