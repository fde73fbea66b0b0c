import type { Draft } from '@siku/contracts'
import { writeAudit } from '@siku/db'
import type { LibraryContext } from '../context.ts'
import type { Library } from '../define-library.ts'
import { authorise, expectRevision, lockRow, subjectOf } from '../load-record.ts'
import type { RecordView } from '../to-record.ts'
import { closeEdit, openWorking } from '../working-version.ts'
import { refuseViolations } from './create-record.ts'
import { readRecord } from './get-record.ts'

export type DraftPatch = Partial<Record<keyof Draft, unknown>>

/**
 * Edits the working version by JSON Merge Patch (RFC 7396 at the top level; `details` is replaced whole). Editing a published record
 * opens a new working version while the published one stays visible.
 */
export async function editRecord(
  ctx: LibraryContext,
  library: Library,
  id: string,
  { patch, revision }: { patch: DraftPatch; revision: number }
): Promise<RecordView> {
  return ctx.db.withTx(ctx.actor, async (tx) => {
    const row = await lockRow(tx, library, id)
    authorise(ctx.actor, 'record.edit', await subjectOf(tx, library, row))
    expectRevision(row, revision)
    const working = await openWorking(tx, ctx, library, row)
    const draft = mergePatch(working.draft, patch)
    refuseViolations(library, draft, ctx)
    await closeEdit(tx, ctx, library, { row, working, draft })
    await writeAudit(tx, ctx.actor, {
      action: 'record.edit',
      library: library.name,
      recordId: row.id,
      detail: { version: working.version, fields: Object.keys(patch) }
    })
    return readRecord(tx, ctx, library, { idOrReference: row.id, which: 'working' })
  })
}

/** What is present replaces, null removes. */
export function mergePatch(draft: Draft, patch: DraftPatch): Draft {
  const merged: Record<string, unknown> = { ...draft }
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name]
    else merged[name] = value
  }
  return merged as Draft
}
