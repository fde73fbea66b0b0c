import {
  decide,
  eventsIn,
  nextState,
  recordTable,
  workingVersionTable,
  type Actor,
  type PublishedAccess,
  type Subject
} from '@siku/contracts'
import { documentsById, type Tx } from '@siku/db'
import { NotFound, RevisionStale, toRefusal } from '@siku/service-kit'
import { and, eq } from 'drizzle-orm'
import type { Library } from './define-library.ts'
import { NotInState } from './errors.ts'
import type { RecordRow, VersionRow } from './tables.ts'

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** The record with this id or reference, if the policies let the actor see the row. */
export async function findRow(tx: Tx, library: Library, idOrReference: string): Promise<RecordRow | undefined> {
  const { record } = library.tables
  const match = uuidShape.test(idOrReference) ? eq(record.id, idOrReference.toLowerCase()) : eq(record.reference, idOrReference)
  const [row] = await tx.select().from(record).where(match)
  return row
}

/** The record, or the answer that an absent and a foreign one share. */
export async function getRow(tx: Tx, library: Library, idOrReference: string): Promise<RecordRow> {
  const row = await findRow(tx, library, idOrReference)
  if (!row) throw NotFound()
  return row
}

/** The same, locked until the transaction ends, so that what is checked still holds when it is written. */
export async function lockRow(tx: Tx, library: Library, id: string): Promise<RecordRow> {
  const { record } = library.tables
  const row = await getRow(tx, library, id)
  const [locked] = await tx.select().from(record).where(eq(record.id, row.id)).for('update')
  if (!locked) throw NotFound()
  return locked
}

export async function getVersion(tx: Tx, library: Library, recordId: string, number: number): Promise<VersionRow> {
  const { version } = library.tables
  const [row] = await tx
    .select()
    .from(version)
    .where(and(eq(version.recordId, recordId), eq(version.version, number)))
  if (!row) throw NotFound()
  return row
}

/** What the access table asks about a record: whose it is, its state, and what of it is public. */
export async function subjectOf(
  tx: Tx,
  library: Library,
  row: RecordRow,
  authors: readonly string[] = [],
  actor?: Actor
): Promise<Subject> {
  const [document] = await documentsById(tx, [row.id])
  const published: PublishedAccess | null = document ?? null
  const authorId = actor && authors.includes(actor.id) ? actor.id : null
  return { library: library.name, ownerOrganisationId: row.ownerOrganisationId, state: row.state, published, authorId }
}

/** Throws the answer of the access table unless it allows. */
export function authorise(actor: Actor, action: string, subject: Subject): void {
  const decision = decide(actor, action, subject)
  if (!decision.allow) throw toRefusal(decision)
}

/** Stops a write whose reader saw an older revision. */
export function expectRevision(row: RecordRow, revision: number): void {
  if (row.revision !== revision) throw RevisionStale(`"r${revision}"`, `"r${row.revision}"`)
}

/** Whether a version of the record can still be published: an ended one has no working version to speak of. */
export const isLive = (row: RecordRow): boolean => nextState(recordTable, row.state, 'approve') !== undefined

/** The sentence for an event that the record's state does not allow, with what would be possible. */
export function notInState(row: RecordRow, event: string) {
  const working = row.workingState && isLive(row) ? eventsIn(workingVersionTable, row.workingState) : []
  const own = eventsIn(recordTable, row.state).filter((name) => name !== 'expire' && name !== 'approve')
  const possible = [...working, ...own]
  const state = row.workingState ? `${row.state}, its working version ${row.workingState}` : row.state
  return NotInState(event, state, possible.join(', ') || 'nothing')
}
