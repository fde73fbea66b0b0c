import { pino, type DestinationStream } from 'pino'

/** Longest time that a reader of the log who does not read may hold this process up. */
const patienceMs = 2000
const quietMs = 1000

/**
 * Standard output for logs. A reader that stops reading must not stop the process: by default the writer waits for ever, also at the
 * exit, and a process whose parent was killed would never end. After a short patience lines are dropped until the reader reads again.
 */
export function logOutput(): DestinationStream {
  const output = pino.destination({ dest: 1, sync: true, retryEAGAIN: patientOnce() } as never)
  output.on('error', () => undefined)
  return output
}

/** Says whether a refused write is tried again: for a while after the first of a row of refusals. */
export function patientOnce(now: () => number = () => performance.now()): () => boolean {
  let firstAt = 0
  let lastAt = Number.NEGATIVE_INFINITY
  return () => {
    const at = now()
    if (at - lastAt > quietMs) firstAt = at
    lastAt = at
    return at - firstAt < patienceMs
  }
}
