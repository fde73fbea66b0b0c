import { findBlob } from '@siku/db'
import { NotFound } from '@siku/service-kit'
import { and, eq, gt, isNull, or } from 'drizzle-orm'
import type { LibraryContext } from '../context.ts'
import type { Library } from '../define-library.ts'
import { authorise, getRow, subjectOf } from '../load-record.ts'
import type { FileRow, RecordRow } from '../tables.ts'
import { toFile, type FileView } from '../version-files.ts'

/**
 * A file with its bytes, under the rights of its record, its version and its own class: readers outside get those of the published
 * version, owner and staff those of every version.
 */
export async function readFile(
  ctx: LibraryContext,
  library: Library,
  { id, fileId }: { id: string; fileId: string }
): Promise<{ file: FileView; bytes: Buffer }> {
  const { file: table } = library.tables
  return ctx.db.withRead(ctx.actor, async (tx) => {
    const row = await getRow(tx, library, id)
    const subject = await subjectOf(tx, library, row)
    authorise(ctx.actor, 'file.read', subject)
    const inSomeVersion = or(isNull(table.removedVersion), gt(table.removedVersion, table.addedVersion))
    const [found] = await tx
      .select()
      .from(table)
      .where(and(eq(table.id, fileId), eq(table.recordId, row.id), inSomeVersion))
    if (!found) throw NotFound()
    if (!isPublished(found, row)) authorise(ctx.actor, 'record.read-working', subject)
    const bytes = await findBlob(tx, found.sha256)
    if (!bytes) throw NotFound()
    return { file: toFile(found), bytes }
  })
}

const isPublished = ({ addedVersion, removedVersion }: FileRow, { publishedVersion }: RecordRow): boolean =>
  publishedVersion !== null && addedVersion <= publishedVersion && (removedVersion === null || removedVersion > publishedVersion)
