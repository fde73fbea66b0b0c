import { pino, type DestinationStream } from 'pino'
import { findCode } from './database-problem.ts'
import type { Logger } from './context.ts'
import { logOutput } from './log-output.ts'

/** What a line may carry. A field that is not listed is dropped and only its name is kept, so that no text of a record ever gets in. */
const loggedFields = new Set([
  'event',
  'service',
  'role',
  'part',
  'host',
  'port',
  'requestId',
  'causeId',
  'cause',
  'method',
  'route',
  'status',
  'ms',
  'code',
  'actor',
  'actorKind',
  'action',
  'as',
  'kind',
  'library',
  'recordId',
  'version',
  'channel',
  'worker',
  'timer',
  'holder',
  'count',
  'attempts',
  'oldestSeconds',
  'signal',
  'reason',
  'taskId',
  'index',
  'edition',
  'swallowed',
  'err',
  'error'
])

const messageMax = 600

export type LoggerOptions = { name: string; level?: string; destination?: DestinationStream }

/** JSON lines on standard output, safe by construction: listed fields, errors without values. */
export function createLogger({ name, level = 'info', destination }: LoggerOptions): Logger {
  const options = {
    base: { service: name },
    level,
    hooks: { logMethod: withoutErrorText },
    formatters: { level: (label: string) => ({ level: label }), log: keepListed },
    serializers: { err: describeError, error: describeError }
  }
  return pino(options, destination ?? logOutput())
}

/** pino makes the error's message the line's message where none is given, and fastify passes it itself; neither may quote a value. */
function withoutErrorText(this: unknown, args: unknown[], method: (...args: never[]) => void): void {
  const [first, message, ...rest] = args
  const fields = first instanceof Error ? { err: first } : first
  const err = typeof fields === 'object' && fields !== null ? (fields as { err?: unknown }).err : undefined
  const quoted = err instanceof Error && (message === undefined || message === err.message)
  method.apply(this as never, [fields, quoted ? err.name : message, ...rest] as never)
}

function keepListed(fields: Record<string, unknown>): Record<string, unknown> {
  const kept = Object.fromEntries(Object.entries(fields).filter(([name]) => loggedFields.has(name)))
  const dropped = Object.keys(fields).filter((name) => !loggedFields.has(name))
  return dropped.length > 0 ? { ...kept, dropped } : kept
}

/**
 * An error for the log. Messages of the database, of drizzle and of the JSON parser quote the values they stumbled over, so of those
 * only the code, the constraint and the place remain.
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return describeThrown(error)
  const { code, cause } = error as Error & { code?: unknown }
  const sqlState = findCode(error)
  const quoting = sqlState !== undefined || error.name === 'DrizzleQueryError' || error instanceof SyntaxError
  return {
    name: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    ...(sqlState === undefined ? {} : { sqlState, ...placeOf(error) }),
    ...(quoting ? {} : { message: error.message.slice(0, messageMax) }),
    frames: framesOf(error),
    ...(cause instanceof Error && !quoting ? { cause: describeError(cause) } : {})
  }
}

/** Something else than an Error: what a sender already cut down to name, code and message, or a bare value of which only the type counts. */
function describeThrown(thrown: unknown): Record<string, unknown> {
  if (typeof thrown !== 'object' || thrown === null) return { name: typeof thrown }
  const { name, code, message } = thrown as Record<string, unknown>
  return Object.fromEntries(Object.entries({ name, code, message }).filter(([, value]) => typeof value === 'string'))
}

function placeOf(error: Error): Record<string, string> {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth++) {
    const { constraint_name: constraint, table_name: table, routine } = at as Error & Record<string, unknown>
    const place = Object.entries({ constraint, table, routine }).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
    if (place.length > 0) return Object.fromEntries(place)
  }
  return {}
}

const framesOf = (error: Error): string[] =>
  (error.stack ?? '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 12)
    .map((line) => line.trim())
