import { anonymous } from '@siku/contracts'
import { assertServiceRole, connectDatabase, type Database } from '@siku/db'
import { readWeights, type Weights } from '@siku/matcher'
import type { Queue } from '@siku/queue'
import {
  createService,
  does,
  listen,
  pruneIdempotency,
  startTimers,
  type Logger,
  type Opened,
  type Role,
  type VerifyToken
} from '@siku/service-kit'
import type { Thesaurus } from '@siku/thesaurus'
import { createMatching, matchingAbout } from './app.ts'
import { createMatchWorker, type MatchWorker } from './match/match-worker.ts'
import { matchTimers } from './match/reconcile.ts'
import { matchingSchema } from './migrations.ts'
import { keepWeights } from './runs/keep-weights.ts'

export type MatchingParts = {
  role: Role
  databaseUrl: string
  poolSize: number
  host: string
  port: number
  verifyToken: VerifyToken
  log: Logger
  now: () => Date
  newId: () => string
  thesaurus: Thesaurus
  weights?: Weights
  queue?: Queue
  strictResponses?: boolean
}

export type OpenMatching = { address: string; db: Database; worker: MatchWorker | undefined }

const pruneEveryMs = 3_600_000

/** Opens matching in this process: its connections, and by role its HTTP side, its worker and its timers. */
export async function openMatching(opened: Opened, parts: MatchingParts): Promise<OpenMatching> {
  const { role, log, databaseUrl: url, poolSize } = parts
  const db = opened.use('matching database', connectDatabase({ url, poolSize, applicationName: 'siku matching' }))
  await assertServiceRole(db, anonymous('start'))
  const worker = does(role, 'worker') ? await openWorker(opened, parts, db) : undefined
  const address = await openHttp(opened, parts, db)
  log.info({ event: 'matching.open', role }, 'matching is open')
  return { address, db, worker }
}

/** A worker shows its health and nothing else. */
async function openHttp(opened: Opened, parts: MatchingParts, db: Database): Promise<string> {
  const { role, log, verifyToken, now, newId, thesaurus, queue, strictResponses, host, port } = parts
  const dependencies = queue ? [{ name: 'queue', check: () => queue.ping(), required: false }] : []
  const shared = { db, log, verifyToken, now, newId, strictResponses, health: { dependencies } }
  const app = does(role, 'api')
    ? await createMatching({ ...shared, thesaurus })
    : await createService({ ...shared, ...matchingAbout, plugins: [] })
  opened.use('matching api', app)
  return listen(app, { host, port })
}

async function openWorker(opened: Opened, parts: MatchingParts, db: Database): Promise<MatchWorker> {
  const { log, now, newId, thesaurus, queue, weights = readWeights() } = parts
  await keepWeights(db, weights)
  const worker = createMatchWorker({ db, thesaurus, weights, log, now, newId })
  opened.use('match worker', await worker.start({ queue }))
  const prune = async () => void (await db.withTx(anonymous('prune'), (tx) => pruneIdempotency(tx, matchingSchema, now())))
  const timers = [...matchTimers(worker.context, log), { name: 'prune matching', periodMs: pruneEveryMs, run: prune }]
  opened.use('matching timers', startTimers({ db, log, timers }))
  return worker
}
