import { serviceActor, type LibraryName } from '@siku/contracts'
import { documentTruth, documentsAfter, type Database } from '@siku/db'
import { accessHash, compareTruth, type Drift, type ExpectedEntry, type SearchDocument, type SearchIndex } from '@siku/search'
import type { Annotation } from '@siku/thesaurus'
import { toSearchDocument } from './to-search-document.ts'

export type ReconcileOptions = { db: Database; index: SearchIndex; edition: string; libraries: readonly LibraryName[] }
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
    for await (const document of publishedDocuments({ db, library, ...options })) {
      const { id, version, hash, access } = document
      yield { library, id, version, hash, accessHash: accessHash(access) }
    }
  }
}

/** Every live, numbered row of a library as the index should hold it. */
export async function* publishedDocuments({
  db,
  library,
  edition
}: {
  db: Database
  library: LibraryName
  edition: string
}): AsyncGenerator<SearchDocument> {
  let after = 0
  for (;;) {
    const rows = await db.withRead(actor, (tx) => documentsAfter(tx, { library, after, limit: pageSize, edition }))
    for (const row of rows) if (!row.tombstone) yield toSearchDocument(row, row.annotation as Annotation | null, row.changedAt)
    const last = rows.at(-1)?.position
    if (rows.length < pageSize || typeof last !== 'number') return
    after = last
  }
}

async function repair(options: ReconcileOptions, drifts: readonly Drift[]): Promise<number> {
  const wanted = new Set(drifts.filter((drift) => drift.kind !== 'extra').map((drift) => drift.id))
  const documents: SearchDocument[] = []
  for (const library of options.libraries) {
    for await (const document of publishedDocuments({ ...options, library })) if (wanted.has(document.id)) documents.push(document)
  }
  if (documents.length > 0) await options.index.put(documents)
  const extras = drifts.filter((drift) => drift.kind === 'extra').map(({ library, id }) => ({ library, id }))
  if (extras.length > 0) await options.index.remove(extras)
  return documents.length + extras.length
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
