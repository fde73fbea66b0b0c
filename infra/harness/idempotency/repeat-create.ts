import { setTimeout as delay } from 'node:timers/promises'
import { Agent, request } from 'undici'

export type Create = { url: string; token: string; body: Buffer | string; type: string; key: string | undefined }
/** What one attempt came to; `lost` where the connection broke before the whole answer was read. */
export type Attempt = { outcome: 'answered'; status: number; id: string | undefined; code: string | undefined } | { outcome: 'lost' }

const waitMs = 50
const attemptsMax = 40

/** One attempt over a connection of its own, so that a cut one takes no other with it. */
export async function attempt({ url, token, body, type, key }: Create, through: string): Promise<Attempt> {
  const agent = new Agent({ connections: 1, pipelining: 0, keepAliveTimeout: 1 })
  try {
    const answer = await request(`${through}${url}`, {
      method: 'POST',
      body,
      dispatcher: agent,
      headersTimeout: 20_000,
      bodyTimeout: 20_000,
      headers: { authorization: `Bearer ${token}`, 'content-type': type, ...(key === undefined ? {} : { 'idempotency-key': key }) }
    })
    const told = (await answer.body.json()) as { id?: string; code?: string }
    return { outcome: 'answered', status: answer.statusCode, id: told.id, code: told.code }
  } catch {
    return { outcome: 'lost' }
  } finally {
    await agent.destroy()
  }
}

/** As a careful client does: goes on with the same key until it knows what became of it. */
export async function untilAnswered(create: Create, throughs: readonly string[]): Promise<Attempt[]> {
  const attempts: Attempt[] = []
  for (let n = 0; n < attemptsMax; n++) {
    const last = await attempt(create, throughs[Math.min(n, throughs.length - 1)] ?? '')
    attempts.push(last)
    if (last.outcome === 'answered' && !isToBeAskedAgain(last)) return attempts
    await delay(waitMs)
  }
  return attempts
}

/** A twin is still at work, or the database was busy: both say that the same key may be sent again. */
const isToBeAskedAgain = ({ status, code }: { status: number; code: string | undefined }): boolean =>
  code === 'SIKU_IDEMPOTENCY_IN_FLIGHT' || status === 503
