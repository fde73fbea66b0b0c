/** The part of a pino logger the queue uses. */
export type QueueLog = { info(fields: object, message: string): void; warn(fields: object, message: string): void }

const quietMs = 30_000

/** A server that is down fails many times a second; one line in half a minute says as much. */
export function createErrorLog(log: QueueLog, message: string) {
  let quietUntil = 0
  let swallowed = 0
  return (error: unknown): void => {
    if (performance.now() < quietUntil) {
      swallowed += 1
      return
    }
    log.warn({ err: brief(error), swallowed }, message)
    quietUntil = performance.now() + quietMs
    swallowed = 0
  }
}

function brief(error: unknown) {
  if (!(error instanceof Error)) return { message: String(error) }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  // A connection refused on every address of a name is an AggregateError without a message.
  return { name: error.name, message: error.message || (code ?? error.name), code }
}
