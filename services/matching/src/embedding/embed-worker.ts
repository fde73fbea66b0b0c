import { channelOf, serviceActor } from '@siku/contracts'
import { failWork, FencedOutError, type Database, type WorkItem } from '@siku/db'
import type { ReferencedSpace, Weights } from '@siku/matcher'
import type { Queue } from '@siku/queue'
import { describeError, EmbedderError, holdClaims, runWorker, type Embedder, type Logger, type Timer, type Worker } from '@siku/service-kit'
import { embedRecords } from './embed-records.ts'
import { createEmbedderGate, type EmbedderState } from './embedder-gate.ts'
import { forgetFormerVectors, oweMissingVectors } from './owe-vectors.ts'
import { makeCurrent } from './space-store.ts'

export type EmbedWorkerOptions = {
  db: Database
  embedder: Embedder
  weights: Weights
  log: Logger
  now: () => Date
  /** Small: an embedder makes a handful of texts in a second. */
  batchSize?: number
  leaseMs?: number
  recheckMs?: number
  retryMs?: number
}

export type EmbedWorker = {
  drain: () => Promise<number>
  start: (options: { queue?: Pick<Queue, 'listen'>; intervalMs?: number }) => Promise<Worker>
  state: () => EmbedderState
  timers: Timer[]
}

const actor = serviceActor('service:match', 'embed-worker')
const attemptsMax = 5
const minute = 60_000

/** Makes the vectors that are owed. It shares nothing with the match worker but the ledger: a slow or absent embedder delays no match. */
export function createEmbedWorker(options: EmbedWorkerOptions): EmbedWorker {
  const { db, embedder, log, now, batchSize = 8, leaseMs } = options
  const gate = createEmbedderGate(options)

  const embedBatch = async (space: ReferencedSpace, items: WorkItem[]): Promise<void> => {
    try {
      await embedRecords({ db, embedder, now }, space, items)
    } catch (error) {
      if (isRefused(error) && items.length > 1) for (const item of items) await embedBatch(space, [item])
      else await giveBack({ db, log, gate }, items, error)
    }
  }
  const drain = async () => {
    const space = await gate.open()
    if (!space) return 0
    return holdClaims({ db, actor, log, kind: 'embed', limit: batchSize, ...(leaseMs ? { leaseMs } : {}) }, (items) =>
      embedBatch(space, items)
    )
  }
  return {
    drain,
    start: ({ queue, intervalMs }) =>
      runWorker({ name: 'embed', channel: channelOf('embed', 'cooperation-demand'), queue, intervalMs, drain, log }),
    state: gate.state,
    timers: [{ name: 'matching-vectors', periodMs: 10 * minute, run: () => tidyVectors(db, log) }]
  }
}

/** A text the server will not take; a wrong key or model it refuses for every text. */
const isRefused = (error: unknown): error is EmbedderError =>
  error instanceof EmbedderError && error.code === 'SIKU_EMBEDDER_REFUSED' && ![401, 403, 404].includes(error.status ?? 0)

type Giving = { db: Database; log: Logger; gate: { failed: (error: unknown) => void } }

/** A failure of the embedder is no fault of the record: its claim runs out and it comes due again, however long that lasts. */
async function giveBack({ db, log, gate }: Giving, items: readonly WorkItem[], error: unknown): Promise<void> {
  if (error instanceof FencedOutError) {
    log.info({ event: 'embed.fenced', count: items.length }, 'another worker took this over')
    return
  }
  if (error instanceof EmbedderError && !isRefused(error)) return gate.failed(error)
  const { message } = describeError(error)
  for (const item of items) {
    const { library, recordId, attempts } = item
    log.warn({ event: 'embed.failed', library, recordId, attempts, err: error }, 'a record has no vector; it is matched by concepts')
    const isHopeless = isRefused(error) || attempts >= attemptsMax
    await failWork(db, actor, item, { message: typeof message === 'string' ? message : 'failed', permanent: isHopeless })
  }
}

/** Owes what was missed, and forgets what former models left once the current one has everything. */
async function tidyVectors(db: Database, log: Logger): Promise<void> {
  const { owed, forgotten } = await db.withTx(actor, async (tx) => {
    const missing = await oweMissingVectors(tx, 'vector.missing')
    return { owed: missing, forgotten: missing === 0 ? await forgetFormerVectors(tx) : 0 }
  })
  if (owed > 0) log.warn({ event: 'embed.missing', count: owed }, 'records had no vector and none was owed')
  if (forgotten > 0) log.info({ event: 'embed.forgotten', count: forgotten }, 'vectors of former models are gone')
}

/** A worker that is set up without an embedder matches by concepts alone, and so does everything else on this database. */
export async function turnOffEmbedding({ db, log, now }: Pick<EmbedWorkerOptions, 'db' | 'log' | 'now'>): Promise<void> {
  const wasOn = await db.withTx(actor, (tx) => makeCurrent(tx, null, { at: now().toISOString() }))
  if (wasOn) log.info({ event: 'embedder.off' }, 'no embedder is set; matching goes on with concepts alone')
}
