import { anonymous, channelOf, serviceActor } from '@siku/contracts'
import { assertServiceRole, connectDatabase, pruneIntents, type Database } from '@siku/db'
import type { Queue } from '@siku/queue'
import type { SearchIndex } from '@siku/search'
import {
  createService,
  followThesaurus,
  listen,
  openSharedIndex,
  ownerKeyWith,
  pruneIdempotency,
  reconcileIndex,
  runWorker,
  startTimers,
  type Dependency,
  type Logger,
  type Opened,
  type Role,
  type ServiceOptions,
  type Timer,
  type VerifyToken
} from '@siku/service-kit'
import type { Thesaurus } from '@siku/thesaurus'
import { runClock } from './clock.ts'
import type { Library } from './define-library.ts'
import { indexDocuments } from './index-worker/index-documents.ts'
import { createLibraryService } from './library-service.ts'

export type LibraryParts = {
  library: Library
  role: Role
  databaseUrl: string
  contactDatabaseUrl: string
  /** The key that published rows are marked with; the same in every process. */
  ownerKey: string
  poolSize: number
  host: string
  port: number
  verifyToken: VerifyToken
  log: Logger
  now: () => Date
  newId: () => string
  /** As shipped; what staff changed since is followed. */
  thesaurus?: Thesaurus
  queue?: Queue
  /** The search engine all processes share; absent where each searches its own copy. */
  engine?: { url: string; key?: string | undefined }
  plugins?: ServiceOptions['plugins']
}

const contactPoolSize = 2
const clockEveryMs = 60_000
const pruneEveryMs = 3_600_000
const reconcileEveryMs = 300_000
const intentsKeptDays = 7

/** Opens one library in this process: its connections, and by role its HTTP side, its index worker and its clock. */
export async function openLibrary(opened: Opened, parts: LibraryParts): Promise<{ address: string; db: Database }> {
  const { library, role, log } = parts
  const db = opened.use(
    `${library.name} database`,
    connectDatabase({ url: parts.databaseUrl, poolSize: parts.poolSize, applicationName: `siku ${library.name}` })
  )
  const contacts = opened.use(
    `${library.name} contact database`,
    connectDatabase({ url: parts.contactDatabaseUrl, poolSize: contactPoolSize, applicationName: `siku ${library.name} contact` })
  )
  for (const connection of [db, contacts]) await assertServiceRole(connection, anonymous('start'))
  const index = openIndex(opened, parts, db)
  if (role !== 'api') await openWorker(opened, parts, { db, contacts, index })
  const address = await openHttp(opened, parts, { db, contacts, index })
  log.info({ event: 'library.open', library: library.name, role }, 'library is open')
  return { address, db }
}

type Connections = { db: Database; contacts: Database; index: SearchIndex | undefined }

const indexActor = serviceActor('service:index', 'open-library')

function openIndex(opened: Opened, { library, engine, log, newId }: LibraryParts, db: Database): SearchIndex | undefined {
  if (!engine) return undefined
  return opened.use(`${library.name} index`, openSharedIndex({ ...engine, db, library: library.name, log, newId }))
}

/** A worker shows its health and nothing else. */
async function openHttp(opened: Opened, parts: LibraryParts, { db, contacts, index }: Connections): Promise<string> {
  const { library, role, log, verifyToken, ownerKey, host, port, now, newId, plugins, queue } = parts
  const dependencies: Dependency[] = [
    { name: 'contact database', check: () => contacts.ping(), required: true },
    ...(queue ? [{ name: 'queue', check: () => queue.ping(), required: false }] : []),
    ...(index ? [{ name: 'search', check: async () => assertHealthy(await index.health()), required: false }] : [])
  ]
  const shared = { db, log, verifyToken, now, newId, health: { dependencies } }
  const app =
    role === 'worker'
      ? await createService({ ...shared, name: library.name, title: library.title, description: library.description, plugins: [] })
      : await createLibraryService({
          ...shared,
          library,
          contacts,
          keyOf: ownerKeyWith(ownerKey),
          ...(plugins === undefined ? {} : { plugins })
        })
  opened.use(`${library.name} api`, app)
  return listen(app, { host, port })
}

function assertHealthy(health: Awaited<ReturnType<SearchIndex['health']>>): void {
  if (!health.ok) throw new Error(health.cause)
}

async function openWorker(opened: Opened, parts: LibraryParts, connections: Connections): Promise<void> {
  const { library, log, queue, thesaurus, now } = parts
  const { db, index } = connections
  if (!thesaurus) throw new Error(`${library.name} has no thesaurus to annotate with; give openLibrary one`)
  // What an earlier process had asked of the engine is told before anything new is; with the engine away, the timer tries again.
  await index
    ?.recover()
    .catch((error: unknown) =>
      log.warn({ event: 'index.recover-failed', library: library.name, err: error }, 'open intents are followed later')
    )
  const worker = await runWorker({
    name: `index ${library.name}`,
    channel: channelOf('index', library.name),
    drain: () => indexDocuments({ db, library, thesaurus, log, now, ...(index ? { index } : {}) }),
    log,
    ...(queue ? { queue } : {})
  })
  opened.use(`${library.name} index worker`, worker)
  opened.use(`${library.name} timers`, startTimers({ db, log, timers: timersOf(parts, connections, thesaurus) }))
}

function timersOf(
  { library, log, now, newId, ownerKey }: LibraryParts,
  { db, contacts, index }: Connections,
  thesaurus: Thesaurus
): Timer[] {
  const clock = { db, contacts, now, newId, log, requestId: 'clock', keyOf: ownerKeyWith(ownerKey) }
  const { name } = library
  const prune = async () => {
    await db.withTx(indexActor, (tx) => pruneIdempotency(tx, library.schemaName, now()))
    await pruneIntents(db, indexActor, intentsKeptDays)
  }
  const timers: Timer[] = [
    { name: `clock ${name}`, periodMs: clockEveryMs, run: async () => void (await runClock(clock, library)) },
    { name: `prune ${name}`, periodMs: pruneEveryMs, run: prune }
  ]
  if (!index) return timers
  const reconcile = async () => {
    await index.recover()
    const { newestThesaurus, inForceThesaurus } = await followThesaurus(db, thesaurus).refresh()
    const editions = { edition: newestThesaurus.edition, former: inForceThesaurus.edition }
    const { drifts, repaired } = await reconcileIndex({ db, index, ...editions, libraries: [name] })
    if (drifts.length > 0)
      log.warn({ event: 'index.drift', library: name, count: drifts.length, attempts: repaired }, 'the index had drifted and was mended')
  }
  return [...timers, { name: `reconcile ${name}`, periodMs: reconcileEveryMs, run: reconcile }]
}
