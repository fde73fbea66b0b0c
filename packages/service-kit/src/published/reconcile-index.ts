import { serviceActor, type LibraryName } from '@siku/contracts'
import { annotatedById, documentTruth, documentsAfter, type Database } from '@siku/db'
import { accessHash, compareTruth, readingHash, type Drift, type ExpectedEntry, type SearchDocument, type SearchIndex } from '@siku/search'
import type { Annotation } from '@siku/thesaurus'
import { toSearchDocument } from './to-search-document.ts'

export type ReconcileOptions = {
  db: Database
  index: SearchIndex
  /** The newest, which the index is told; records that do not carry it yet are there with what they were read with before. */
  edition: string
  /** That one, where there is a newer. */
  former?: string | undefined
  libraries: readonly LibraryName[]
}
export type Reconciliation = { compared: number; drifts: Drift[]; repaired: number }

const actor = serviceActor('service:index', 'reconcile')
const pageSize = 500
const firstId = '00000000-0000-0000-0000-000000000000'

/**
 * Holds what the index itself says against what is published, and mends the difference. A drift counts only if it is still there when
 * looked at a second time, so that a record being written just now is left to its own worker.
 */
export async function reconcileIndex(options: ReconcileOptions): Promise<Reconciliation> {
  const first = await findDrifts(options)
  if (first.drifts.length === 0) return { ...first, repaired: 0 }
  const second = await findDrifts(options)
  const drifts = second.drifts.filter((drift) => first.drifts.some((before) => before.id === drift.id && before.kind === drift.kind))
  return { compared: second.compared, drifts, repaired: await repair(options, drifts) }
}

async function findDrifts(options: ReconcileOptions): Promise<{ compared: number; drifts: Drift[] }> {
  let compared = 0
  const counted = async function* () {
    for await (const entry of expectedEntries(options)) {
      compared++
      yield entry
    }
  }
  const drifts: Drift[] = []
  for await (const drift of compareTruth(options.index, counted())) {
    if (options.libraries.includes(drift.library)) drifts.push(drift)
  }
  return { compared, drifts }
}

async function* expectedEntries({ db, libraries, ...options }: ReconcileOptions): AsyncGenerator<ExpectedEntry> {
  for (const library of libraries) {
    for await (const { document, carries } of publishedEntries({ db, library, ...options })) {
      const { id, version, hash, access } = document
      // What does not carry the newest edition yet may have been told to the index already.
      yield { library, id, version, hash, accessHash: accessHash(access), readingHash: carries ? readingHash(document) : undefined }
    }
  }
}

type Published = { db: Database; library: LibraryName; edition: string; former?: string | undefined }

/** Every live, numbered row of a library as the index should hold it. */
export async function* publishedDocuments(options: Published): AsyncGenerator<SearchDocument> {
  for await (const { document } of publishedEntries(options)) yield document
}

/** The same; `carries`: it was read with the edition asked for. */
async function* publishedEntries({
  db,
  library,
  edition,
  former
}: Published): AsyncGenerator<{ document: SearchDocument; carries: boolean }> {
  let after = 0
  for (;;) {
    const { rows, before } = await db.withRead(actor, async (tx) => {
      const found = await documentsAfter(tx, { library, after, limit: pageSize, edition })
      const behind = found.filter((row) => row.annotation === null && !row.tombstone).map(({ id }) => id)
      return { rows: found, before: former === undefined ? [] : await annotatedById(tx, behind, former) }
    })
    const formerOf = new Map(before.map(({ id, annotation }) => [id, annotation]))
    for (const row of rows) {
      if (row.tombstone) continue
      const annotation = (row.annotation ?? formerOf.get(row.id) ?? null) as Annotation | null
      yield { document: toSearchDocument(row, annotation, row.changedAt), carries: row.annotation !== null }
    }
    const last = rows.at(-1)?.position
    if (rows.length < pageSize || typeof last !== 'number') return
    after = last
  }
}

async function repair(options: ReconcileOptions, drifts: readonly Drift[]): Promise<number> {
  const wanted = new Set(drifts.filter((drift) => drift.kind !== 'extra').map((drift) => drift.id))
  let repaired = 0
  let documents: SearchDocument[] = []
  const put = async () => {
    if (documents.length > 0) await options.index.put(documents)
    repaired += documents.length
    documents = []
  }
  for (const library of options.libraries) {
    for await (const document of publishedDocuments({ ...options, library })) {
      if (wanted.has(document.id)) documents.push(document)
      if (documents.length === pageSize) await put()
    }
  }
  await put()
  const extras = drifts.filter((drift) => drift.kind === 'extra').map(({ library, id }) => ({ library, id }))
  if (extras.length > 0) await options.index.remove(extras)
  return repaired + extras.length
}

/** How many live rows a library has, numbered or not. */
export async function countPublished(db: Database, library: LibraryName): Promise<number> {
  let after = firstId
  let live = 0
  for (;;) {
    const rows = await db.withRead(actor, (tx) => documentTruth(tx, library, after, pageSize))
    live += rows.filter((row) => !row.tombstone).length
    const last = rows.at(-1)
    if (rows.length < pageSize || !last) return live
    after = last.id
  }
}
