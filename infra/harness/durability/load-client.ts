import { collectionOf } from '@siku/contracts'
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import type { Call, Called, CallService } from '../../dev/seed/call-service.ts'
import type { PlannedPosting } from './postings.ts'

/** What a client was told of one posting: `ok` must be there, `fail` must not, `unknown` may be there once. */
export type Told = { key: string; library: PlannedPosting['library']; outcome: 'ok' | 'fail' | 'unknown'; id?: string; title: string }

export type LoadOptions = {
  call: CallService
  postings: readonly PlannedPosting[]
  parallel: number
  ledgerPath: string
  giveUpMs: number
  /** Postings a second at most; as fast as they go unless told. */
  ratePerS?: number
  /** Asked once the first `enough` postings are out: more of them while it says yes. */
  goOn?: { enough: number; whileTrue: () => boolean }
}

type Body = { id: string; revision: number; workingState?: string; state?: string }

/**
 * Posts as a careful client does: every POST under an idempotency key, repeated while the answer is lost or 5xx, and every outcome
 * written to a ledger and fsynced before the next step. It is never killed itself.
 */
export async function runLoad({ call, postings, parallel, ledgerPath, giveUpMs, ratePerS, goOn }: LoadOptions): Promise<Told[]> {
  const ledger = openSync(ledgerPath, 'a')
  const told: Told[] = []
  const startedAt = performance.now()
  let next = 0
  const take = async () => {
    const index = next++
    if (goOn && index >= goOn.enough && !goOn.whileTrue()) return undefined
    if (ratePerS) await delay(Math.max(0, startedAt + (index * 1000) / ratePerS - performance.now()))
    return postings[index]
  }
  const work = async () => {
    for (let posting = await take(); posting !== undefined; posting = await take()) {
      const line = await post(call, posting, giveUpMs)
      writeSync(ledger, `${JSON.stringify(line)}\n`)
      fsyncSync(ledger)
      told.push(line)
    }
  }
  await Promise.all(Array.from({ length: parallel }, work))
  closeSync(ledger)
  return told
}

async function post(call: CallService, posting: PlannedPosting, giveUpMs: number): Promise<Told> {
  const { key, library, author, reviewer, draft } = posting
  const line = { key, library, title: draft instanceof Object && 'title' in draft ? String(draft.title) : '' }
  const path = `/v1/${collectionOf[library]}`
  const until = performance.now() + giveUpMs
  const created = await persist(call, { actor: author, service: library, method: 'POST', path, body: draft, idempotencyKey: key }, until)
  if (created === 'lost') return { ...line, outcome: 'unknown' }
  if (created.status >= 400) return { ...line, outcome: 'fail' }
  let { id, revision } = created.body
  for (const [name, actor] of [
    ['submit', author],
    ['approve', reviewer]
  ] as const) {
    const stepped = await persist(
      call,
      { actor, service: library, method: 'POST', path: `${path}/${id}/${name}`, revision, idempotencyKey: `${key}-${name}` },
      until
    )
    if (stepped === 'lost' || stepped.status >= 400) return { ...line, id, outcome: 'unknown' }
    ;({ id, revision } = stepped.body)
  }
  return { ...line, id, outcome: 'ok' }
}

/** The same request until an answer comes that is not the server's trouble. */
async function persist(call: CallService, request: Call, until: number): Promise<Called<Body> | 'lost'> {
  for (let attempt = 0; performance.now() < until; attempt++) {
    const answer = await call<Body>(request).catch(() => undefined)
    if (answer && answer.status < 500 && answer.status !== 409) return answer
    // 409 is either a twin still in flight, which will be over, or a repeat of a step whose answer was lost under another name.
    if (answer?.status === 409 && !String((answer.body as { code?: string }).code).includes('IN_FLIGHT')) return answer
    await delay(Math.min(50 * 2 ** attempt, 1000) * (0.5 + Math.random()))
  }
  return 'lost'
}
