import { setTimeout as pause } from 'node:timers/promises'
import type { LibraryName } from '@siku/contracts'
import { checkCandidateQuery } from '../candidate-query.ts'
import { checkQuery } from '../check-query.ts'
import { oneOf } from '../clause.ts'
import { SearchBehindError, SearchRefusedError, SearchUnavailableError } from '../errors.ts'
import type { RecordRef, SearchDocument } from '../search-document.ts'
import { emptyWriteResult, type SearchHealth, type SearchIndex, type WriteResult } from '../search-index.ts'
import { createEngine, type Engine, type EngineOptions } from './engine.ts'
import { oneLength } from '../one-length.ts'
import { filterText } from './filter-text.ts'
import { followDefaults, type FollowOptions } from './follow-task.ts'
import { findCandidates } from './find-candidates.ts'
import { createIndexCommands } from './index-commands.ts'
import { createLifecycle } from './index-lifecycle.ts'
import type { IntentStore } from './intent-store.ts'
import { readTruth } from './read-truth.ts'
import { rebuildIndex } from './rebuild-index.ts'
import { recoverIntents } from './recover-intents.ts'
import { searchMeilisearch } from './search-page.ts'
import { storedDocument, type StoredDocument } from './stored-document.ts'
import { putVectors, readVectors, type VectorWriting } from './vectors.ts'
import { writeItems, type WriteItem, type Writer } from './write-batch.ts'

export type MeilisearchOptions = EngineOptions & {
  /** Index names begin with it; several installations can share one engine. */
  prefix?: string
  intents: IntentStore
  newId: () => string
  log: { warn(fields: object, message: string): void }
  follow?: Partial<FollowOptions>
  /** The index was lost, or the engine is new: the caller should rebuild. */
  onRebuildNeeded?: (reason: string) => void
}

const waitStepMs = 100

/** Search on a Meilisearch server. Making it asks nothing of the server, so a process starts while search is away. */
export function createMeilisearchIndex(options: MeilisearchOptions): SearchIndex {
  const { intents, newId, log, prefix = 'siku', onRebuildNeeded = () => {} } = options
  const engine = createEngine(options)
  const follow = { ...followDefaults, ...options.follow }
  const writer: Writer = { engine, intents, newId, follow }
  const commands = createIndexCommands(engine, follow)
  const lifecycle = createLifecycle({
    commands,
    prefix,
    onRebuildNeeded(reason) {
      log.warn({ reason }, 'the search index starts empty and must be rebuilt')
      onRebuildNeeded(reason)
    }
  })
  const store = (document: SearchDocument): StoredDocument =>
    storedDocument(document, (key, terms) =>
      log.warn({ key, terms }, 'the record has more words than the index can hold; the rest is left out')
    )

  return {
    kind: 'meilisearch',
    put: (documents) =>
      writeEverywhere(
        { writer, lifecycle, commands },
        documents.map((document) => putOf(document, store(document))),
        oneLength(documents.map(({ vector }) => vector))
      ),
    remove: (removals) => writeEverywhere({ writer, lifecycle, commands }, removals.map(removalOf)),
    putVectors: (vectors) => putVectors({ writer, lifecycle, commands }, vectors),
    vectors: (space, ids) => whenReady('reading vectors', readVectors(engine, lifecycle.live, { space, ids })),
    async search(query) {
      checkQuery(query)
      return withIndex('searching', () => searchMeilisearch(engine, lifecycle.live, query))
    },
    async candidates(query) {
      checkCandidateQuery(query)
      return withIndex('looking for candidates', () => findCandidates(engine, lifecycle.live, query))
    },
    truth: (libraries) => readTruth(engine, lifecycle.live, libraries),
    rebuild: (documents) => rebuildIndex({ writer, lifecycle, documents, store }),
    clear: () => lifecycle.clear(),
    recover: () => recoverIntents({ engine, intents, follow }),
    position: (library) => readPosition(engine, lifecycle.live, library),
    waitFor: (library, position, timeoutMs) => waitForPosition(engine, lifecycle.live, { library, position, timeoutMs }),
    health: () => readHealth(engine, lifecycle.live),
    async close() {}
  }
}

const putOf = ({ library, id, version }: SearchDocument, document: StoredDocument): WriteItem => ({
  op: 'put',
  library,
  id,
  version,
  document
})
const removalOf = ({ library, id }: RecordRef): WriteItem => ({ op: 'remove', library, id, version: null })

/** The last index written to is the one that answers; its result is the result. */
async function writeEverywhere(
  { writer, lifecycle, commands }: VectorWriting,
  items: readonly WriteItem[],
  dimensions: number | null = null
): Promise<WriteResult> {
  if (items.length === 0) return emptyWriteResult()
  let result = emptyWriteResult()
  for (const uid of await lifecycle.targets()) {
    if (dimensions !== null) await commands.fitVectors(uid, dimensions)
    result = await writeItems(writer, uid, items)
  }
  return result
}

const notReadyCodes = [
  'index_not_found',
  'invalid_search_filter',
  'invalid_search_sort',
  'invalid_search_facets',
  'invalid_document_filter'
]

/** An index that is not there yet, or has no settings yet, is a matter of waiting for those who search. */
async function withIndex<T>(doing: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    const isNotReady = error instanceof SearchRefusedError && notReadyCodes.includes(error.engineCode)
    throw isNotReady ? new SearchUnavailableError(doing, error) : error
  }
}

async function* whenReady<T>(doing: string, pages: AsyncGenerator<T>): AsyncGenerator<T> {
  for (;;) {
    const { done, value } = await withIndex(doing, () => pages.next())
    if (done === true) return
    yield value
  }
}

/** A removal leaves no trace here, so the place counts documents only. */
async function readPosition(engine: Engine, uid: string, library: LibraryName): Promise<number> {
  const filter = filterText(oneOf('facets.library', [library]))
  const { hits } = await withIndex('reading the position', () =>
    engine.read('reading the position', (client) =>
      client
        .index<StoredDocument>(uid)
        .search('', { limit: 1, sort: ['position:desc'], attributesToRetrieve: ['position'], ...(filter && { filter }) })
    )
  )
  return hits[0]?.position ?? 0
}

type Wanted = { library: LibraryName; position: number; timeoutMs: number }

async function waitForPosition(engine: Engine, uid: string, { library, position, timeoutMs }: Wanted): Promise<void> {
  const giveUpAt = performance.now() + timeoutMs
  for (;;) {
    const reached = await readPosition(engine, uid, library)
    if (reached >= position) return
    if (performance.now() + waitStepMs > giveUpAt) throw new SearchBehindError(library, position, reached)
    await pause(waitStepMs)
  }
}

async function readHealth(engine: Engine, uid: string): Promise<SearchHealth> {
  try {
    await engine.read('asking for its health', (client) => client.health())
    const stats = await engine.read('counting documents', (client) => client.index(uid).getStats()).catch(onlyIfMissing)
    return { ok: true, documents: stats?.numberOfDocuments ?? 0 }
  } catch (error) {
    return { ok: false, cause: error instanceof Error ? error.message : String(error) }
  }
}

function onlyIfMissing(error: unknown): undefined {
  if (error instanceof SearchRefusedError && error.engineCode === 'index_not_found') return undefined
  throw error
}
