import type { Draft, Subject } from '@siku/contracts'
import { documentsById, writeAudit, type Tx } from '@siku/db'
import { once, RevisionStale } from '@siku/service-kit'
import type { LibraryContext } from './context.ts'
import type { Library } from './define-library.ts'
import { authorise, expectRevision, getVersion, isRecordId, lockRow, subjectWith } from './load-record.ts'
import { publishFace } from './publish-face.ts'
import type { LibraryTables, RecordRow, VersionRow } from './tables.ts'
import type { RecordView } from './to-record.ts'
import { readRecord, viewRecord, type WhichVersion } from './verbs/get-record.ts'

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
      const value = await applyChange(tx, ctx, library, options)
      return { status: 200, id: options.id, value }
    })
    const { show } = options
    return result.value ?? readRecord(tx, ctx, library, { idOrReference: result.id, ...(show === undefined ? {} : { which: show }) })
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

/** Whether readers outside meet the change: of what is worked on in private they learn nothing, not even that there is something. */
const movesFace = (row: RecordRow, columns: RecordChange): boolean =>
  (columns.publishedVersion ?? row.publishedVersion) !== null && facing.some((name) => name in columns)

async function applyChange(tx: Tx, ctx: LibraryContext, library: Library, options: ChangeOptions): Promise<RecordView> {
  const { id, revision, action, change, detail, show } = options
  const { row, working, subject } = await loadStanding(tx, ctx, library, id)
  authorise(ctx.actor, action, subject)
  expectRevision(row, revision)
  const columns = await change({ tx, row, working, subject })
  const changed = await updateRow(tx, ctx, library, { row, columns })
  const draft = movesFace(row, columns) ? await draftOf(tx, library, changed, working) : undefined
  const [, , [published = null]] = await Promise.all([
    draft && publishFace(tx, ctx, library, changed, draft),
    writeAudit(tx, ctx.actor, {
      action,
      library: library.name,
      recordId: row.id,
      detail: { state: changed.state, revision: changed.revision, ...detail }
    }),
    documentsById(tx, [row.id])
  ])
  return viewRecord(tx, ctx, library, { row: changed, published, known: working, ...(show === undefined ? {} : { which: show }) })
}

/** The record under its lock, with its working version and what the access table asks about it. */
async function loadStanding(tx: Tx, ctx: LibraryContext, library: Library, id: string): Promise<Standing> {
  const locked = lockRow(tx, library, id)
  const [row, [published = null]] = await Promise.all([
    locked,
    isRecordId(id) ? documentsById(tx, [id.toLowerCase()]) : locked.then((found) => documentsById(tx, [found.id]))
  ])
  const working = row.workingVersion === null ? undefined : await getVersion(tx, library, row.id, row.workingVersion)
  const subject = subjectWith(library, { row, published, actor: ctx.actor, ...(working ? { authors: working.authors } : {}) })
  return { tx, row, working, subject }
}

const draftOf = async (tx: Tx, library: Library, row: RecordRow, known: VersionRow | undefined): Promise<Draft> =>
  (known?.version === row.publishedVersion ? known : await getVersion(tx, library, row.id, row.publishedVersion ?? 0)).draft

export async function updateRow(
  tx: Tx,
  ctx: LibraryContext,
  library: Library,
  { row, columns }: { row: RecordRow; columns: RecordChange }
): Promise<RecordRow> {
  const { id, revision } = row
  const face = movesFace(row, columns) ? { faceRevision: (row.faceRevision ?? 0) + 1, faceUpdatedAt: ctx.now() } : {}
  const values = { ...columns, ...face, revision: revision + 1, updatedAt: ctx.now() }
  const changed = await library.statements.updateRecord(tx, { id, revision }, values)
  if (!changed) throw RevisionStale(`"r${row.revision}"`, 'another one')
  return changed
}

/** Brings the public row in line with the record, where the record has ever been public. */
export async function refreshFace(tx: Tx, ctx: LibraryContext, library: Library, row: RecordRow): Promise<void> {
  if (row.publishedVersion === null) return
  const { draft } = await getVersion(tx, library, row.id, row.publishedVersion)
  await publishFace(tx, ctx, library, row, draft)
}
