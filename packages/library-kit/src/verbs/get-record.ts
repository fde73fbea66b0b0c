import { NotFound } from '@siku/service-kit'
import type { Tx } from '@siku/db'
import type { LibraryContext } from '../context.ts'
import type { Library } from '../define-library.ts'
import { authorise, getRow, getVersion, subjectOf } from '../load-record.ts'
import type { RecordRow } from '../tables.ts'
import { toRecord, type RecordView } from '../to-record.ts'

/** `newest`: the working version where there is one, else what is published. */
export type WhichVersion = 'published' | 'working' | 'newest' | number

/** One record: the published version for readers; owner and staff may ask for the working one or any other. */
export async function getRecord(ctx: LibraryContext, library: Library, idOrReference: string, which?: WhichVersion): Promise<RecordView> {
  return ctx.db.withRead(ctx.actor, (tx) => readRecord(tx, ctx, library, { idOrReference, ...(which === undefined ? {} : { which }) }))
}

/** The same inside a transaction that has just changed it. */
export async function readRecord(
  tx: Tx,
  ctx: LibraryContext,
  library: Library,
  { idOrReference, which }: { idOrReference: string; which?: WhichVersion }
): Promise<RecordView> {
  const row = await getRow(tx, library, idOrReference)
  const number = versionNumber(row, which)
  if (number === null) throw NotFound()
  const subject = await subjectOf(tx, library, row)
  authorise(ctx.actor, number === row.publishedVersion ? 'record.read' : 'record.read-working', subject)
  return toRecord(library, row, await getVersion(tx, library, row.id, number), { actor: ctx.actor, now: ctx.now() })
}

/** Without a wish: what is published, and before anything is, the draft. */
function versionNumber(row: RecordRow, which: WhichVersion | undefined): number | null {
  if (typeof which === 'number') return which
  if (which === 'working') return row.workingVersion
  if (which === 'published') return row.publishedVersion
  if (which === 'newest') return row.workingVersion ?? row.publishedVersion
  return row.publishedVersion ?? row.workingVersion
}
