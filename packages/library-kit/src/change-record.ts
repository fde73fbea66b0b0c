import type { Subject } from '@siku/contracts'
import { writeAudit, type Tx } from '@siku/db'
import { once, RevisionStale } from '@siku/service-kit'
import { and, eq } from 'drizzle-orm'
import type { LibraryContext } from './context.ts'
import type { Library } from './define-library.ts'
import { authorise, expectRevision, getVersion, lockRow, subjectOf } from './load-record.ts'
import { publishFace } from './publish-face.ts'
import type { LibraryTables, RecordRow, VersionRow } from './tables.ts'
import type { RecordView } from './to-record.ts'
import { readRecord, type WhichVersion } from './verbs/get-record.ts'

export type RecordChange = Partial<LibraryTables['record']['$inferInsert']>
export type Standing = { tx: Tx; row: RecordRow; working: VersionRow | undefined; subject: Subject }

export type ChangeOptions = {
  id: string
  revision: number
  /** Action of the access table and of the audit row. */
  action: string
  /** Looks at the record as it stands and says what changes, or throws why not. */
  change: (standing: Standing) => Promise<RecordChange> | RecordChange
  /** Ids and codes for the audit row. */
  detail?: Record<string, unknown>
  show?: WhichVersion
}

/**
 * One step of a record: lock, right, revision, rule, change, public face, audit, all in one transaction. Every verb that moves a
 * record through its states is this with another rule.
 */
export async function changeRecord(ctx: LibraryContext, library: Library, options: ChangeOptions): Promise<RecordView> {
  return ctx.db.withTx(ctx.actor, async (tx) => {
    const result = await once(ctx, tx, { schema: library.schemaName }, async () => {
      await applyChange(tx, ctx, library, options)
      return { status: 200, id: options.id, value: undefined }
    })
    return readRecord(tx, ctx, library, { idOrReference: result.id, ...(options.show === undefined ? {} : { which: options.show }) })
  })
}

/** Columns that readers meet. A step of the working version changes none of them, and the feed must not tell of it. */
const facing = [
  'state',
  'publishedVersion',
  'openForInterest',
  'controlState',
  'clearedCountries',
  'validUntil'
] as const satisfies (keyof RecordChange)[]

async function applyChange(
  tx: Tx,
  ctx: LibraryContext,
  library: Library,
  { id, revision, action, change, detail }: ChangeOptions
): Promise<void> {
  const row = await lockRow(tx, library, id)
  const working = row.workingVersion === null ? undefined : await getVersion(tx, library, row.id, row.workingVersion)
  const subject = await subjectOf(tx, library, row, working?.authors, ctx.actor)
  authorise(ctx.actor, action, subject)
  expectRevision(row, revision)
  const columns = await change({ tx, row, working, subject })
  const changed = await updateRow(tx, ctx, library, { row, columns })
  if (facing.some((name) => name in columns)) await refreshFace(tx, ctx, library, changed)
  await writeAudit(tx, ctx.actor, {
    action,
    library: library.name,
    recordId: row.id,
    detail: { state: changed.state, revision: changed.revision, ...detail }
  })
}

export async function updateRow(
  tx: Tx,
  ctx: LibraryContext,
  library: Library,
  { row, columns }: { row: RecordRow; columns: RecordChange }
): Promise<RecordRow> {
  const { record } = library.tables
  const [changed] = await tx
    .update(record)
    .set({ ...columns, revision: row.revision + 1, updatedAt: ctx.now() })
    .where(and(eq(record.id, row.id), eq(record.revision, row.revision)))
    .returning()
  if (!changed) throw RevisionStale(`"r${row.revision}"`, 'another one')
  return changed
}

/** Brings the public row in line with the record, where the record has ever been public. */
export async function refreshFace(tx: Tx, ctx: LibraryContext, library: Library, row: RecordRow): Promise<void> {
  if (row.publishedVersion === null) return
  const { draft } = await getVersion(tx, library, row.id, row.publishedVersion)
  await publishFace(tx, ctx, library, row, draft)
}
