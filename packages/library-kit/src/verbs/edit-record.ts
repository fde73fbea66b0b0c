import type { Draft } from '@siku/contracts'
import { contentHash, writeAudit, type Tx } from '@siku/db'
import { and, eq } from 'drizzle-orm'
import type { LibraryContext } from '../context.ts'
import type { Library } from '../define-library.ts'
import { authorise, expectRevision, getVersion, lockRow, notInState, subjectOf } from '../load-record.ts'
import type { RecordRow, VersionRow } from '../tables.ts'
import type { RecordView } from '../to-record.ts'
import { stateForOtherText } from './control-record.ts'
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
    if (!['new', 'published', 'paused', 'expired'].includes(row.state)) throw notInState(row, 'edit')
    if (row.workingState !== null && row.workingState !== 'draft') throw notInState(row, 'edit')

    const current = await getVersion(tx, library, row.id, row.workingVersion ?? row.publishedVersion ?? 1)
    const draft = mergePatch(current.draft, patch)
    refuseViolations(library, draft, ctx)
    const working = await writeWorking(tx, ctx, library, { row, draft, current })
    await touchRecord(tx, ctx, library, { row, draft, working })
    await writeAudit(tx, ctx.actor, {
      action: 'record.edit',
      library: library.name,
      recordId: row.id,
      detail: { version: working, fields: Object.keys(patch) }
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

type Edit = { row: RecordRow; draft: Draft; current: VersionRow }

async function writeWorking(tx: Tx, ctx: LibraryContext, library: Library, { row, draft, current }: Edit): Promise<number> {
  const { version } = library.tables
  const hash = contentHash(draft)
  if (row.workingVersion !== null) {
    const all = [...new Set([...current.authors, ctx.actor.id])]
    await tx
      .update(version)
      .set({ draft, hash, authors: all })
      .where(and(eq(version.recordId, row.id), eq(version.version, row.workingVersion)))
    return row.workingVersion
  }
  const number = row.latestVersion + 1
  await tx.insert(version).values({
    recordId: row.id,
    version: number,
    state: 'draft',
    authors: [ctx.actor.id],
    draft,
    hash,
    confirmedLeaks: current.confirmedLeaks,
    createdAt: ctx.now()
  })
  return number
}

/** Until something is published the record's own columns follow the draft; afterwards they follow what is published. */
async function touchRecord(
  tx: Tx,
  ctx: LibraryContext,
  library: Library,
  { row, draft, working }: { row: RecordRow; draft: Draft; working: number }
) {
  const { record } = library.tables
  const unpublished = row.publishedVersion === null
  await tx
    .update(record)
    .set({
      workingVersion: working,
      workingState: 'draft',
      latestVersion: Math.max(row.latestVersion, working),
      revision: row.revision + 1,
      updatedAt: ctx.now(),
      ...(unpublished
        ? {
            sourceLanguage: draft.sourceLanguage,
            visibility: draft.visibility,
            openForInterest: draft.openForInterest ?? true,
            controlState: stateForOtherText(library, row),
            clearedCountries: []
          }
        : {})
    })
    .where(and(eq(record.id, row.id), eq(record.revision, row.revision)))
}
