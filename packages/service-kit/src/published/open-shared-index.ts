import { serviceActor, type LibraryName } from '@siku/contracts'
import { indexIntents, oweReindex, type Database } from '@siku/db'
import { createMeilisearchIndex, type IntentStore, type SearchIndex } from '@siku/search'
import type { Logger } from '../context.ts'

export type SharedIndexOptions = {
  url: string
  key?: string | undefined
  db: Database
  library: LibraryName
  log: Logger
  newId: () => string
}

const actor = serviceActor('service:index', 'shared-index')

/**
 * The search engine that all processes share, as one library writes to it. Where the index was lost, everything the library has
 * published is owed to it again; nothing waits for that.
 */
export function openSharedIndex({ url, key, db, library, log, newId }: SharedIndexOptions): SearchIndex {
  return createMeilisearchIndex({
    url,
    newId,
    log,
    ...(key === undefined ? {} : { key }),
    intents: indexIntents(db, actor, library),
    onRebuildNeeded: (reason) => {
      void db
        .withTx(actor, (tx) => oweReindex(tx, library, 'index.lost'))
        .then((count) => log.warn({ event: 'index.lost', library, count, reason }, 'everything published is owed to the index again'))
        .catch((error: unknown) =>
          log.error({ event: 'index.lost', library, err: error }, 'the lost index could not be owed its records; reconcile will')
        )
    }
  })
}

const refuse = async (): Promise<never> => {
  throw new Error('This process writes no records to the shared index; the libraries do')
}
const readsOnly: IntentStore = { intend: refuse, recordTask: refuse, settle: refuse, openIntents: async () => [] }

/** The same engine for a process that writes no records to it: vectors it may add, for they leave no intent. */
export function readSharedIndex({ url, key, log, newId }: Pick<SharedIndexOptions, 'url' | 'key' | 'log' | 'newId'>): SearchIndex {
  return createMeilisearchIndex({ url, newId, log, intents: readsOnly, ...(key === undefined ? {} : { key }) })
}
