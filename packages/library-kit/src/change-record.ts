import type { Draft, Subject } from '@siku/contracts'
import { findAccess, writeAudit, type Tx } from '@siku/db'
import { once, RevisionStale } from '@siku/service-kit'
import type { LibraryContext } from './context.ts'
import type { Library } from './define-library.ts'
import { authorise, expectRevision, getVersion, isRecordId, lockRow, subjectWith } from './load-record.ts'
import { publishFace } from './publish-face.ts'
import type { LibraryTables, RecordRow, VersionRow } from './tables.ts'
import type { RecordView } from './to-record.ts'
import { readRecord, viewRecord, type WhichVersion } from './verbs/get-record.ts'

export type RecordChange = Partial<LibraryTables['record']['$inferInsert']>
export type Standing = {
  tx: Tx
  row: RecordRow
  working: VersionRow | undefined
  subject: Subject
  /** Takes a write that was sent and that nothing waits for but the commit. */
  alongside: (write: Promise<unknown>) => void
}

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
  const sent: Promise<unknown>[] = []
  const alongside = (write: Promise<unknown>) => {
    write.catch(() => undefined)
    sent.push(write)
  }
  const columns = await change({ tx, row, working, subject, alongside })
  // Under the row's lock it is clear what it will be, so what follows from it is sent along.
  const next = changedRow(ctx, row, columns)
  const updated = updateRow(tx, ctx, library, { row, columns })
  alongside(updated)
  const draft = movesFace(row, columns) ? await draftOf(tx, library, next, working) : undefined
  const [changed, published] = await Promise.all([
    updated,
    sendFace(tx, ctx, library, { row: next, draft, alongside }),
    writeAudit(tx, ctx.actor, {
      action,
      library: library.name,
      recordId: row.id,
      detail: { state: next.state, revision: next.revision, ...detail }
    }),
    ...sent
  ])
  return viewRecord(tx, ctx, library, { row: changed, published, known: working, ...(show === undefined ? {} : { which: show }) })
}

type Face = { row: RecordRow; draft: Draft | undefined } & Pick<Standing, 'alongside'>

/** Writes the public face where there is one to write, and reads back who may see it. */
async function sendFace(tx: Tx, ctx: LibraryContext, library: Library, { row, draft, alongside }: Face) {
  if (draft) alongside(publishFace(tx, ctx, library, row, draft))
  return (await findAccess(tx, row.id)) ?? null
}

/** The record under its lock, with its working version and what the access table asks about it. */
async function loadStanding(tx: Tx, ctx: LibraryContext, library: Library, id: string): Promise<Omit<Standing, 'alongside'>> {
  const locked = lockRow(tx, library, id)
  // A reference becomes an id with the row; an id is asked for everything at once.
  const recordId = isRecordId(id) ? id.toLowerCase() : (await locked).id
  const [row, published = null, working] = await Promise.all([
    locked,
    findAccess(tx, recordId),
    library.statements.workingVersionOf(tx, recordId)
  ])
  const subject = subjectWith(library, { row, published, actor: ctx.actor, ...(working ? { authors: working.authors } : {}) })
  return { tx, row, working, subject }
}

const draftOf = async (tx: Tx, library: Library, row: RecordRow, known: VersionRow | undefined): Promise<Draft> =>
  (known?.version === row.publishedVersion ? known : await getVersion(tx, library, row.id, row.publishedVersion ?? 0)).draft

/** Every column that a change writes, those that count its changes among them. */
function writtenColumns(ctx: LibraryContext, row: RecordRow, columns: RecordChange): RecordChange {
  const face = movesFace(row, columns) ? { faceRevision: (row.faceRevision ?? 0) + 1, faceUpdatedAt: ctx.now() } : {}
  return { ...columns, ...face, revision: row.revision + 1, updatedAt: ctx.now() }
}

/** The row as a change will leave it. */
function changedRow(ctx: LibraryContext, row: RecordRow, columns: RecordChange): RecordRow {
  const written = Object.entries(writtenColumns(ctx, row, columns)).filter(([, value]) => value !== undefined)
  return { ...row, ...Object.fromEntries(written) }
}

export async function updateRow(
  tx: Tx,
  ctx: LibraryContext,
  library: Library,
  { row, columns }: { row: RecordRow; columns: RecordChange }
): Promise<RecordRow> {
  const { id, revision } = row
  const changed = await library.statements.updateRecord(tx, { id, revision }, writtenColumns(ctx, row, columns) as Partial<RecordRow>)
  if (!changed) throw RevisionStale(`"r${row.revision}"`, 'another one')
  return changed
}

/** Brings the public row in line with the record, where the record has ever been public. */
export async function refreshFace(tx: Tx, ctx: LibraryContext, library: Library, row: RecordRow): Promise<void> {
  if (row.publishedVersion === null) return
  const { draft } = await getVersion(tx, library, row.id, row.publishedVersion)
  await publishFace(tx, ctx, library, row, draft)
}
