import { writeAudit } from '@siku/db'
import { assertRevision, IfMatchMissing } from '@siku/service-kit'
import { eq } from 'drizzle-orm'
import type { LibraryContext } from '../context.ts'
import type { Library } from '../define-library.ts'
import { ContactMissing } from '../errors.ts'
import { authorise, getRow, subjectOf } from '../load-record.ts'

export type Contact = { name: string; position?: string; email?: string; phone?: string; languages?: string[]; address?: string }
export type ContactView = { contact: Contact; revision: number; updatedAt: string }

/** Stores who can be reached for a record, in the contact store with its own login. It never reaches index, queue, log or version. */
export async function writeContact(
  ctx: LibraryContext,
  library: Library,
  { id, contact, revision }: { id: string; contact: Contact; revision: number | null }
): Promise<ContactView> {
  const owner = await ownerFor(ctx, library, id, 'contact.write')
  const { contact: table } = library.tables
  return ctx.contacts.withTx(ctx.actor, async (tx) => {
    const [current] = await tx.select().from(table).where(eq(table.recordId, owner.id)).for('update')
    if (current && revision === null) throw IfMatchMissing()
    if (revision !== null) assertRevision(revision, current?.revision ?? 0)
    const next = (current?.revision ?? 0) + 1
    const values = { contact, revision: next, updatedBy: ctx.actor.id, updatedAt: ctx.now() }
    if (current) await tx.update(table).set(values).where(eq(table.recordId, owner.id))
    else await tx.insert(table).values({ recordId: owner.id, ownerOrganisationId: owner.organisationId, ...values })
    await writeAudit(tx, ctx.actor, { action: 'contact.write', library: library.name, recordId: owner.id, detail: { revision: next } })
    return { contact, revision: next, updatedAt: ctx.now().toISOString() }
  })
}

/** Reads a contact. Every reading by somebody else than the owner writes who, for what basis, in the same transaction. */
export async function readContact(
  ctx: LibraryContext,
  library: Library,
  { id, basis }: { id: string; basis: string }
): Promise<ContactView> {
  const owner = await ownerFor(ctx, library, id, 'contact.read')
  const { contact: table, contactAccess } = library.tables
  return ctx.contacts.withTx(ctx.actor, async (tx) => {
    const [row] = await tx.select().from(table).where(eq(table.recordId, owner.id))
    if (!row) throw ContactMissing()
    await tx.insert(contactAccess).values({
      id: ctx.newId(),
      recordId: owner.id,
      actorId: ctx.actor.id,
      organisationId: ctx.actor.organisationId,
      basis,
      requestId: ctx.requestId,
      at: ctx.now()
    })
    await writeAudit(tx, ctx.actor, { action: 'contact.read', library: library.name, recordId: owner.id })
    return { contact: row.contact as Contact, revision: row.revision, updatedAt: row.updatedAt.toISOString() }
  })
}

async function ownerFor(ctx: LibraryContext, library: Library, id: string, action: string) {
  return ctx.db.withRead(ctx.actor, async (tx) => {
    const row = await getRow(tx, library, id)
    authorise(ctx.actor, action, await subjectOf(tx, library, row))
    return { id: row.id, organisationId: row.ownerOrganisationId }
  })
}
