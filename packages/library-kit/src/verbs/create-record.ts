import { decide, type Draft } from '@siku/contracts'
import { contentHash, writeAudit, type Tx } from '@siku/db'
import { AccessForbidden, NotFound, once, toRefusal } from '@siku/service-kit'
import { sql } from 'drizzle-orm'
import { shanghaiDay, type LibraryContext } from '../context.ts'
import type { Library } from '../define-library.ts'
import { draftViolations } from '../draft-schema.ts'
import { DraftInvalid } from '../errors.ts'
import { getRow, getVersion } from '../load-record.ts'
import { toRecord, type RecordView } from '../to-record.ts'

/** Stores a draft exactly as sent, as version 1 of a new record that only its owner and staff see. */
export async function createRecord(ctx: LibraryContext, library: Library, draft: Draft): Promise<{ status: number; record: RecordView }> {
  const { organisationId, organisation } = ctx.actor
  if (!organisationId || !organisation) throw AccessForbidden('a record needs an organisation to own it; sign in for one')
  if (!ctx.actor.verified) throw AccessForbidden('your organisation is not verified yet; staff will do so, then you can post')
  const decision = decide(ctx.actor, 'record.create', { library: library.name, ownerOrganisationId: organisationId })
  if (!decision.allow) throw toRefusal(decision)

  return ctx.db.withTx(ctx.actor, async (tx) => {
    const result = await once(ctx, tx, { schema: library.schemaName }, async () => {
      refuseViolations(library, draft, ctx)
      const id = await insertRecord(tx, ctx, library, draft)
      return { status: 201, id, value: undefined }
    })
    const row = await getRow(tx, library, result.id)
    const version = row.workingVersion ?? row.publishedVersion
    if (version === null) throw NotFound()
    const record = toRecord(library, row, await getVersion(tx, library, row.id, version), { actor: ctx.actor, now: ctx.now() })
    return { status: result.status, record }
  })
}

export function refuseViolations(library: Library, draft: Draft, ctx: LibraryContext): void {
  const errors = draftViolations(library, draft, shanghaiDay(ctx.now()))
  if (errors.length > 0) throw DraftInvalid(errors[0]?.detail ?? '').with({ errors })
}

async function insertRecord(tx: Tx, ctx: LibraryContext, library: Library, draft: Draft): Promise<string> {
  const { record, version } = library.tables
  const { organisationId, organisation } = ctx.actor
  const id = ctx.newId()
  const now = ctx.now()
  if (!organisationId || !organisation) throw NotFound()
  await tx.insert(record).values({
    id,
    recordType: draft.recordType,
    state: 'new',
    latestVersion: 1,
    workingVersion: 1,
    workingState: 'draft',
    reference: await nextReference(tx, library, draft, now),
    ownerOrganisationId: organisationId,
    owner: organisation,
    sourceLanguage: draft.sourceLanguage,
    visibility: draft.visibility,
    openForInterest: draft.openForInterest ?? true,
    controlState: library.controlStateFor(organisation),
    clearedCountries: [],
    screeningState: 'not-screened',
    returnReasons: [],
    reviewNotes: [],
    renewals: 0,
    revision: 1,
    createdAt: now,
    updatedAt: now
  })
  await tx.insert(version).values({
    recordId: id,
    version: 1,
    state: 'draft',
    authors: [ctx.actor.id],
    draft,
    hash: contentHash(draft),
    confirmedLeaks: [],
    createdAt: now
  })
  await writeAudit(tx, ctx.actor, { action: 'record.create', library: library.name, recordId: id })
  return id
}

/** TYPE-CC-YYYYMMDD-n: n from a sequence, gaps allowed. */
async function nextReference(tx: Tx, library: Library, draft: Draft, now: Date): Promise<string> {
  const [row] = await tx.execute<{ n: number }>(sql`select nextval(${`${library.schemaName}.reference`}::regclass) as n`)
  return `${draft.recordType}-${draft.country}-${shanghaiDay(now).replaceAll('-', '')}-${row?.n ?? 0}`
}
