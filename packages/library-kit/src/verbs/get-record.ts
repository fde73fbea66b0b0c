import { NotFound } from '@siku/service-kit'
import type { PublishedAccess } from '@siku/contracts'
import { documentsById, type Tx } from '@siku/db'
import type { LibraryContext } from '../context.ts'
import type { Library } from '../define-library.ts'
import { authorise, getRow, getVersion, subjectWith } from '../load-record.ts'
import type { RecordRow, VersionRow } from '../tables.ts'
import { toRecord, type RecordView } from '../to-record.ts'

/** `newest`: the working version where there is one, else what is published. */
export type WhichVersion = 'published' | 'working' | 'newest' | number

/** One record: the published version for readers; owner and staff may ask for the working one or any other. */
export async function getRecord(ctx: LibraryContext, library: Library, idOrReference: string, which?: WhichVersion): Promise<RecordView> {
  const asked = { idOrReference, tellsReading: true, ...(which === undefined ? {} : { which }) }
  return ctx.db.withRead(ctx.actor, (tx) => readRecord(tx, ctx, library, asked))
}

/** The same inside a transaction that has just changed it. */
export async function readRecord(
  tx: Tx,
  ctx: LibraryContext,
  library: Library,
  { idOrReference, ...wishes }: { idOrReference: string } & Wishes
): Promise<RecordView> {
  const row = await getRow(tx, library, idOrReference)
  const [published = null] = await documentsById(tx, [row.id])
  return viewRecord(tx, ctx, library, { row, published, ...wishes })
}

type Wishes = { which?: WhichVersion; tellsReading?: boolean }

export type RecordToView = Wishes & {
  row: RecordRow
  published: PublishedAccess | null
  /** A version that is at hand already. */
  known?: VersionRow | undefined
}

/** A row as this actor may see it. */
export async function viewRecord(tx: Tx, ctx: LibraryContext, library: Library, parts: RecordToView): Promise<RecordView> {
  const { row, published, which, known, tellsReading = false } = parts
  const number = versionNumber(row, which)
  if (number === null) throw NotFound()
  authorise(ctx.actor, number === row.publishedVersion ? 'record.read' : 'record.read-working', subjectWith(library, { row, published }))
  const version = known?.version === number ? known : await getVersion(tx, library, row.id, number)
  return toRecord(library, row, version, { actor: ctx.actor, now: ctx.now(), tellsReading })
}

/** Without a wish: what is published, and before anything is, the draft. */
export function versionNumber(row: RecordRow, which: WhichVersion | undefined): number | null {
  if (typeof which === 'number') return which
  if (which === 'working') return row.workingVersion
  if (which === 'published') return row.publishedVersion
  if (which === 'newest') return row.workingVersion ?? row.publishedVersion
  return row.publishedVersion ?? row.workingVersion
}
