import { channelOf, anonymous } from '@siku/contracts'
import { assertServiceRole, connectDatabase, type Database } from '@siku/db'
import type { Queue } from '@siku/queue'
import type { SearchIndex } from '@siku/search'
import {
  listen, ownerKeyWith, pruneIdempotency, runWorker, startTimers, type Dependency, type Logger, type Opened, type Role, type ServiceOptions, type VerifyToken
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
  thesaurus?: Thesaurus
  queue?: Queue
  /** A shared search engine; absent where each process searches its own copy. */
  index?: SearchIndex
  plugins?: ServiceOptions['plugins']
}

const contactPoolSize = 2
const clockEveryMs = 60_000
const pruneEveryMs = 3_600_000

/** Opens one library in this process: its connections, and by role its HTTP side, its index worker and its clock. */
export async function openLibrary(opened: Opened, parts: LibraryParts): Promise<{ address: string | undefined; db: Database }> {
  const { library, role, log } = parts
  const db = opened.use(`${library.name} database`, connectDatabase({ url: parts.databaseUrl, poolSize: parts.poolSize, applicationName: `siku ${library.name}` }))
  const contacts = opened.use(`${library.name} contact database`, connectDatabase({ url: parts.contactDatabaseUrl, poolSize: contactPoolSize, applicationName: `siku ${library.name} contact` }))
  for (const connection of [db, contacts]) await assertServiceRole(connection, anonymous('start'))
  if (role !== 'api') await openWorker(opened, parts, { db, contacts })
  const address = role === 'worker' ? undefined : await openApi(opened, parts, { db, contacts })
  log.info({ event: 'library.open', library: library.name, role }, 'library is open')
  return { address, db }
}

type Connections = { db: Database; contacts: Database }

async function openApi(opened: Opened, parts: LibraryParts, { db, contacts }: Connections): Promise<string> {
  const { library, log, verifyToken, ownerKey, host, port, now, newId, plugins } = parts
  const app = await createLibraryService({
    library, db, contacts, keyOf: ownerKeyWith(ownerKey), log, verifyToken, now, newId,
    health: { dependencies: dependenciesOf(parts, contacts) },
    ...(plugins === undefined ? {} : { plugins })
  })
  opened.use(`${library.name} api`, app)
  return listen(app, { host, port })
}

const dependenciesOf = ({ queue, index }: LibraryParts, contacts: Database): Dependency[] => [
  { name: 'contact database', check: () => contacts.ping(), required: true },
  ...(queue ? [{ name: 'queue', check: () => queue.ping(), required: false }] : []),
  ...(index ? [{ name: 'search', check: async () => assertHealthy(await index.health()), required: false }] : [])
]

function assertHealthy(health: Awaited<ReturnType<SearchIndex['health']>>): void {
  if (!health.ok) throw new Error(health.cause)
}

async function openWorker(opened: Opened, parts: LibraryParts, { db, contacts }: Connections): Promise<void> {
  const { library, log, queue, index, thesaurus, now, newId, ownerKey } = parts
  if (!thesaurus) throw new Error(`${library.name} has no thesaurus to annotate with; give openLibrary one`)
  const worker = await runWorker({
    name: `index ${library.name}`,
    channel: channelOf('index', library.name),
    drain: () => indexDocuments({ db, library, thesaurus, log, now, ...(index ? { index } : {}) }),
    log,
    ...(queue ? { queue } : {})
  })
  opened.use(`${library.name} index worker`, worker)
  const clock = { db, contacts, now, newId, log, requestId: 'clock', keyOf: ownerKeyWith(ownerKey) }
  opened.use(`${library.name} timers`, startTimers({
    db, log,
    timers: [
      { name: `clock ${library.name}`, periodMs: clockEveryMs, run: async () => void (await runClock(clock, library)) },
      { name: `prune ${library.name}`, periodMs: pruneEveryMs, run: async () => void (await db.withTx(anonymous('prune'), (tx) => pruneIdempotency(tx, library.schemaName, now()))) }
    ]
  }))
}
