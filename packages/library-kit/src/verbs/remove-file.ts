import { writeAudit } from '@siku/db'
import { NotFound } from '@siku/service-kit'
import { and, eq } from 'drizzle-orm'
import type { LibraryContext } from '../context.ts'
import type { Library } from '../define-library.ts'
import { authorise, expectRevision, lockRow, subjectOf } from '../load-record.ts'
import { isInVersion } from '../version-files.ts'
import { closeEdit, openWorking } from '../working-version.ts'

/** Takes a file out of the working version, as an edit like any other: what is published keeps it until the next version is approved. */
export async function removeFile(
  ctx: LibraryContext,
  library: Library,
  { id, fileId, revision: expected }: { id: string; fileId: string; revision: number | null }
): Promise<{ revision: number }> {
  const { file } = library.tables
  return ctx.db.withTx(ctx.actor, async (tx) => {
    const row = await lockRow(tx, library, id)
    authorise(ctx.actor, 'file.write', await subjectOf(tx, library, row))
    if (expected !== null) expectRevision(row, expected)
    const working = await openWorking(tx, ctx, library, row)
    const gone = await tx
      .update(file)
      .set({ removedVersion: working.version, removedAt: ctx.now() })
      .where(and(eq(file.id, fileId), isInVersion(library, row.id, working.version)))
      .returning({ id: file.id })
    if (gone.length === 0) throw NotFound()
    const { revision } = await closeEdit(tx, ctx, library, { row, working })
    await writeAudit(tx, ctx.actor, {
      action: 'file.remove',
      library: library.name,
      recordId: row.id,
      detail: { fileId, version: working.version }
    })
    return { revision }
  })
}
