import { serviceActor, workAfterIndex, type PublishedDocument } from '@siku/contracts'
import {
  closeWork,
  documentsById,
  failWork,
  FencedOutError,
  holdEditions,
  numberDocuments,
  oweWorkForAll,
  writeAnnotations,
  type AnnotationRow,
  type Database,
  type WorkItem
} from '@siku/db'
import type { SearchIndex } from '@siku/search'
import {
  annotateDocument,
  describeError,
  EditionMovedError,
  followThesaurus,
  holdClaims,
  toSearchDocument,
  type Editions,
  type Logger
} from '@siku/service-kit'
import type { Annotation, Thesaurus } from '@siku/thesaurus'
import { setImmediate as yieldToOthers } from 'node:timers/promises'
import type { Library } from '../define-library.ts'
import { carryEdition } from './carry-edition.ts'

export type IndexWorkerOptions = {
  db: Database
  library: Library
  /** As shipped; what staff changed since is followed. */
  thesaurus: Thesaurus
  log: Logger
  now: () => Date
  /** A shared index that must be told and followed; absent where every process keeps its own copy. */
  index?: SearchIndex
}

/** `annotation` is of the newest edition; `former` of the one that lists are still in. */
type Read = { item: WorkItem; document: PublishedDocument | undefined; annotation: Annotation | undefined; former: Annotation | undefined }

const batchMax = 200
const actor = serviceActor('service:index', 'index-worker')

/**
 * Stage 4: claims due index work, reads the current rows, annotates them, tells the shared index and follows its task to the end, and
 * only then gives each row its place in the feed and owes the match, all in the transaction that closes the claims. Returns how many.
 */
export async function indexDocuments(options: IndexWorkerOptions): Promise<number> {
  const { db, library, log, thesaurus } = options
  const claimed = await holdClaims({ db, actor, log, kind: 'index', library: library.name, limit: batchMax }, async (items) => {
    try {
      // After the claim, never before: whoever owed this for a newer edition had published it by then.
      const editions = await followThesaurus(db, thesaurus).refresh()
      const read = await readDocuments(options, items, editions)
      const { ready, poisoned } = await tellIndex(options, read)
      for (const { item, cause } of poisoned) await failWork(db, actor, item, { message: cause, permanent: true })
      await closeBatch(options, ready, editions)
    } catch (error) {
      await giveBack(options, items, error)
    }
  })
  // What was asked for first comes first.
  return claimed > 0 ? claimed : carryEdition(options)
}

async function readDocuments({ db, log }: IndexWorkerOptions, items: readonly WorkItem[], editions: Editions): Promise<Read[]> {
  const { newestThesaurus: newest, inForceThesaurus: inForce } = editions
  const documents = await db.withRead(actor, (tx) =>
    documentsById(
      tx,
      items.map((item) => item.recordId)
    )
  )
  const byId = new Map(documents.map((document) => [document.id, document]))
  const read: Read[] = []
  for (const item of items) {
    const document = byId.get(item.recordId)
    const annotation = document && !document.tombstone ? annotateDocument(newest, document.text) : undefined
    const former = annotation && document && inForce !== newest ? annotateDocument(inForce, document.text) : undefined
    if (annotation && !annotation.needsTranslation && annotation.concepts.length === 0)
      log.debug({ event: 'index.no-concepts', recordId: item.recordId }, 'no concept recognised')
    read.push({ item, document, annotation, former })
    await yieldToOthers()
  }
  return read
}

/** What the shared index refuses for its own sake is parked; what it did not apply comes due again. */
async function tellIndex(
  { index, now }: IndexWorkerOptions,
  read: Read[]
): Promise<{ ready: Read[]; poisoned: { item: WorkItem; cause: string }[] }> {
  if (!index) return { ready: read, poisoned: [] }
  const at = now().toISOString()
  const live = read.flatMap(({ document, annotation }) => (document && annotation ? [toSearchDocument(document, annotation, at)] : []))
  const gone = read.flatMap(({ document }) => (document?.tombstone ? [{ library: document.library, id: document.id }] : []))
  const put = await index.put(live)
  const removed = await index.remove(gone)
  const poison = new Map([...put.poisoned, ...removed.poisoned].map(({ id, cause }) => [id, cause]))
  const missed = new Set([...put.notApplied, ...removed.notApplied].map(({ id }) => id))
  if (missed.size === read.length) throw new Error('the index applied nothing')
  return {
    ready: read.filter(({ item }) => !poison.has(item.recordId) && !missed.has(item.recordId)),
    poisoned: read.flatMap(({ item }) => (poison.has(item.recordId) ? [{ item, cause: poison.get(item.recordId) ?? '' }] : []))
  }
}

async function closeBatch({ db, library }: IndexWorkerOptions, read: readonly Read[], editions: Editions): Promise<void> {
  const annotations = read.flatMap(({ document, annotation, former }) => (document ? rowsOf(document, [annotation, former]) : []))
  await db.withTx(actor, async (tx) => {
    if (!(await holdEditions(tx, editions))) throw new EditionMovedError()
    await writeAnnotations(tx, annotations)
    const rows = read.flatMap(({ document }) => (document ? [{ id: document.id, revision: document.revision }] : []))
    await numberDocuments(tx, library.name, rows)
    await closeWork(
      tx,
      read.map(({ item }) => item)
    )
    await oweWorkForAll(tx, {
      kind: workAfterIndex(library.name),
      library: library.name,
      recordIds: rows.map((row) => row.id),
      cause: 'record.indexed',
      causeId: read[0]?.item.causeId ?? null
    })
  })
}

const rowsOf = ({ library, id, version, hash }: PublishedDocument, found: readonly (Annotation | undefined)[]): AnnotationRow[] =>
  found.flatMap((annotation) => (annotation ? [{ library, id, version, hash, edition: annotation.edition, annotation }] : []))

/** A batch that a newer claim overtook is left to it; after any other failure each row waits its back-off. */
async function giveBack({ db, log }: IndexWorkerOptions, items: readonly WorkItem[], error: unknown): Promise<void> {
  log.warn({ event: 'index.batch-failed', count: items.length, err: describeError(error) }, 'a batch could not be indexed; it stays owed')
  const message = error instanceof FencedOutError ? error.message : error instanceof Error ? error.name : 'failed'
  for (const item of items) await failWork(db, actor, item, { message, permanent: false })
}
