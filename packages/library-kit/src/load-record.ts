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
import type { Library } from './define-library.ts'
import { NotInState } from './errors.ts'
import type { RecordRow, VersionRow } from './tables.ts'

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** The record with this id or reference, if the policies let the actor see the row. */
export async function findRow(tx: Tx, library: Library, idOrReference: string): Promise<RecordRow | undefined> {
  const { recordById, recordByReference } = library.statements
  return uuidShape.test(idOrReference)
    ? recordById(tx, { id: idOrReference.toLowerCase() })
    : recordByReference(tx, { reference: idOrReference })
}

/** The record, or the answer that an absent and a foreign one share. */
export async function getRow(tx: Tx, library: Library, idOrReference: string): Promise<RecordRow> {
  const row = await findRow(tx, library, idOrReference)
  if (!row) throw NotFound()
  return row
}

/** Whether a record is named by its id and not by its reference. */
export const isRecordId = (idOrReference: string): boolean => uuidShape.test(idOrReference)

/** The same, locked until the transaction ends, so that what is checked still holds when it is written. */
export async function lockRow(tx: Tx, library: Library, id: string): Promise<RecordRow> {
  const { lockById, lockByReference } = library.statements
  const locked = await (uuidShape.test(id) ? lockById(tx, { id: id.toLowerCase() }) : lockByReference(tx, { reference: id }))
  if (!locked) throw NotFound()
  return locked
}

export async function getVersion(tx: Tx, library: Library, recordId: string, number: number): Promise<VersionRow> {
  const row = await library.statements.versionOf(tx, { recordId, version: number })
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
  const [published = null] = await documentsById(tx, [row.id])
  return subjectWith(library, { row, published, authors, actor })
}

type SubjectParts = { row: RecordRow; published: PublishedAccess | null; authors?: readonly string[]; actor?: Actor | undefined }

/** The same, where its public row is at hand. */
export function subjectWith(library: Library, { row, published, authors = [], actor }: SubjectParts): Subject {
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
