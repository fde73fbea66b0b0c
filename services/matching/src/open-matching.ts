import { anonymous } from '@siku/contracts'
import { assertServiceRole, connectDatabase, type Database } from '@siku/db'
import { readWeights, type Weights } from '@siku/matcher'
import type { Queue } from '@siku/queue'
import {
  createEmbedder,
  createService,
  does,
  followThesaurus,
  listen,
  pruneIdempotency,
  readSharedIndex,
  startLoop,
  startTimers,
  type Dependency,
  type EmbedderOptions,
  type Logger,
  type Loop,
  type Opened,
  type Role,
  type VerifyToken
} from '@siku/service-kit'
import type { Thesaurus } from '@siku/thesaurus'
import { createMatching, matchingAbout } from './app.ts'
import { createDossierWorker } from './dossier/dossier-worker.ts'
import { createEmbedWorker, turnOffEmbedding, type EmbedWorker } from './embedding/embed-worker.ts'
import { engineTimers } from './match/engine-timers.ts'
import { createMatchWorker, type MatchWorker } from './match/match-worker.ts'
import { matchTimers } from './match/reconcile.ts'
import type { Priorities } from './review/priorities-schema.ts'
import { matchingSchema } from './migrations.ts'
import { keepWeights } from './runs/keep-weights.ts'
import { unknownTermTimer } from './thesaurus-changes/count-unknown-terms.ts'

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
  /** The search engine all processes share; without it the worker finds candidates in its own copy. */
  engine?: { url: string; key?: string | undefined }
  /** The embedding server; without it matching works with concepts alone. */
  embedder?: EmbedderOptions | undefined
  /** What a plan puts first, for the queue of staff only. */
  priorities?: Priorities | undefined
  strictResponses?: boolean
}

export type OpenMatching = { address: string; db: Database; worker: MatchWorker | undefined; embedding: EmbedWorker | undefined }

const pruneEveryMs = 3_600_000
const editionEveryMs = 2_000

/** Opens matching in this process: its connections, and by role its HTTP side, its worker and its timers. */
export async function openMatching(opened: Opened, parts: MatchingParts): Promise<OpenMatching> {
  const { role, log, databaseUrl: url, poolSize } = parts
  const db = opened.use('matching database', connectDatabase({ url, poolSize, applicationName: 'siku matching' }))
  await assertServiceRole(db, anonymous('start'))
  const { worker, embedding } = does(role, 'worker') ? await openWorker(opened, parts, db) : {}
  const address = await openHttp(opened, parts, { db, embedding })
  log.info({ event: 'matching.open', role }, 'matching is open')
  return { address, db, worker, embedding }
}

/** A worker shows its health and nothing else. */
async function openHttp(opened: Opened, parts: MatchingParts, { db, embedding }: Pick<OpenMatching, 'db' | 'embedding'>): Promise<string> {
  const { role, log, verifyToken, now, newId, thesaurus, queue, strictResponses, host, port } = parts
  const dependencies: Dependency[] = [
    ...(queue ? [{ name: 'queue', check: () => queue.ping(), required: false }] : []),
    ...(embedding ? [{ name: 'embedder', check: async () => assertAnswers(embedding), required: false }] : [])
  ]
  const shared = { db, log, verifyToken, now, newId, strictResponses, health: { dependencies } }
  const app = does(role, 'api')
    ? await createMatching({ ...shared, thesaurus, priorities: parts.priorities })
    : await createService({ ...shared, ...matchingAbout, plugins: [] })
  opened.use('matching api', app)
  if (does(role, 'api')) opened.use('matching thesaurus', keepUp(db, thesaurus, log))
  return listen(app, { host, port })
}

/** What the API shows is labelled by the edition that lists are in; a worker asks for itself. */
function keepUp(db: Database, shipped: Thesaurus, log: Logger): Loop {
  const pass = async () => {
    await followThesaurus(db, shipped).refresh()
    return 'idle' as const
  }
  const onError = (err: unknown) => log.warn({ event: 'matching.edition-unknown', err }, 'the thesaurus in force could not be read')
  return startLoop({ everyMs: editionEveryMs, pass, onError })
}

/** What the worker saw last: the embedder itself may be busy with a long batch, and that is no fault. */
function assertAnswers({ state }: EmbedWorker): void {
  const { status, fault } = state()
  if (status === 'away') throw new Error(fault ?? 'the embedder does not answer')
}

type Workers = { worker: MatchWorker; embedding: EmbedWorker | undefined }

async function openWorker(opened: Opened, parts: MatchingParts, db: Database): Promise<Workers> {
  const { log, now, newId, thesaurus, queue, engine, weights = readWeights() } = parts
  await keepWeights(db, weights)
  const index = engine ? { index: opened.use('search engine', readSharedIndex({ ...engine, log, newId })) } : {}
  const worker = createMatchWorker({ db, thesaurus, weights, log, now, newId, ...index })
  await worker.follow()
  opened.use('match worker', await worker.start({ queue }))
  const dossiers = createDossierWorker({ context: worker.context, log })
  opened.use('dossier worker', await dossiers.start({ queue }))
  const embedding = await openEmbedding(opened, { ...parts, weights }, db)
  const prune = async () => void (await db.withTx(anonymous('prune'), (tx) => pruneIdempotency(tx, matchingSchema, now())))
  const timers = [
    ...engineTimers(worker.context, log),
    ...matchTimers(worker.context, log),
    unknownTermTimer(worker.context, log),
    ...dossiers.timers,
    ...(embedding?.timers ?? []),
    { name: 'prune matching', periodMs: pruneEveryMs, run: prune }
  ]
  opened.use('matching timers', startTimers({ db, log, timers }))
  return { worker, embedding }
}

async function openEmbedding(opened: Opened, parts: MatchingParts & { weights: Weights }, db: Database): Promise<EmbedWorker | undefined> {
  const { embedder: options, weights, log, now, queue } = parts
  if (!options) {
    await turnOffEmbedding({ db, log, now })
    return undefined
  }
  const embedder = opened.use('embedder', createEmbedder(options))
  const worker = createEmbedWorker({ db, embedder, weights, log, now })
  opened.use('embed worker', await worker.start({ queue }))
  return worker
}
