import { pause } from './clock.ts'
import { secondsOf } from './siku-problem-error.ts'

export type Fetch = (request: Request) => Promise<Response>

const firstPauseMs = 200
const pauseMaxSeconds = 30
const passing = new Set([429, 502, 503, 504])

/** Sends a request again, a little later each time, when it failed in passing and doing it twice does no harm. */
export function repeatingFetch(fetch: Fetch, { attemptsMax }: { attemptsMax: number }): Fetch {
  return async (request) => {
    const attempts = isRepeatable(request) ? attemptsMax : 1
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await send(fetch, request, attempt < attempts)
      const waitMs = attempt < attempts ? waitBefore(outcome, attempt) : null
      if (waitMs === null) return outcome()
      await pause(waitMs, request.signal)
    }
  }
}

type Outcome = (() => Response) & { response?: Response }

async function send(fetch: Fetch, request: Request, mayComeAgain: boolean): Promise<Outcome> {
  try {
    // A body can be read once; the original is kept for the attempt after.
    const response = await fetch(mayComeAgain ? request.clone() : request)
    return Object.assign(() => response, { response })
  } catch (error) {
    if (request.signal.aborted) throw error
    return () => {
      throw error
    }
  }
}

const isRepeatable = ({ method, headers }: Request): boolean =>
  method === 'GET' || method === 'HEAD' || (method === 'POST' && headers.has('idempotency-key'))

/** How long to wait, or null where the outcome stands. */
function waitBefore({ response }: Outcome, attempt: number): number | null {
  const ownMs = firstPauseMs * 2 ** (attempt - 1)
  if (response === undefined) return ownMs
  if (!passing.has(response.status)) return null
  const askedSeconds = secondsOf(response.headers.get('retry-after'))
  if (askedSeconds !== null && askedSeconds > pauseMaxSeconds) return null
  return Math.max(ownMs, (askedSeconds ?? 0) * 1000)
}
