import { decide, type Draft, type OwnerSnapshot } from '@siku/contracts'
import { contentHash, writeAudit, type Tx } from '@siku/db'
import { AccessForbidden, NotFound, once, toRefusal } from '@siku/service-kit'
import { shanghaiDay, type LibraryContext } from '../context.ts'
import type { Library } from '../define-library.ts'
import { draftViolations } from '../draft-schema.ts'
import { DraftInvalid } from '../errors.ts'
import { getRow, getVersion } from '../load-record.ts'
import type { RecordRow, VersionRow } from '../tables.ts'
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
      const created = await insertRecord(tx, ctx, library, { draft, owner: { organisationId, organisation } })
      return { status: 201, id: created.row.id, value: created }
    })
    const { row, version } = result.value ?? (await readAgain(tx, library, result.id))
    return { status: result.status, record: toRecord(library, row, version, { actor: ctx.actor, now: ctx.now() }) }
  })
}

type Stored = { row: RecordRow; version: VersionRow }
type Owner = { organisationId: string; organisation: OwnerSnapshot }

/** What an earlier request with the same key created, as it is now. */
async function readAgain(tx: Tx, library: Library, id: string): Promise<Stored> {
  const row = await getRow(tx, library, id)
  const number = row.workingVersion ?? row.publishedVersion
  if (number === null) throw NotFound()
  return { row, version: await getVersion(tx, library, row.id, number) }
}

export function refuseViolations(library: Library, draft: Draft, ctx: LibraryContext): void {
  const errors = draftViolations(library, draft, shanghaiDay(ctx.now()))
  if (errors.length > 0) throw DraftInvalid(errors[0]?.detail ?? '').with({ errors })
}

async function insertRecord(
  tx: Tx,
  ctx: LibraryContext,
  library: Library,
  { draft, owner }: { draft: Draft; owner: Owner }
): Promise<Stored> {
  const { insertRecord: insertRow, insertVersion, lastNumber } = library.statements
  const row = newRow(ctx, library, { draft, owner })
  const version = newVersion(ctx, row, draft)
  // Sent one behind the other, in this order; none waits for the answer to the one before.
  const [, [last]] = await Promise.all([
    insertRow(tx, row),
    lastNumber(tx),
    writeAudit(tx, ctx.actor, { action: 'record.create', library: library.name, recordId: row.id }),
    insertVersion(tx, version)
  ])
  return { row: { ...row, reference: `${row.reference}${last?.n ?? 0}` }, version }
}

function newRow(ctx: LibraryContext, library: Library, { draft, owner }: { draft: Draft; owner: Owner }): RecordRow {
  const { organisationId, organisation } = owner
  const now = ctx.now()
  return {
    id: ctx.newId(),
    reference: referenceUpToNumber(draft, now),
    recordType: draft.recordType,
    state: 'new',
    latestVersion: 1,
    publishedVersion: null,
    workingVersion: 1,
    workingState: 'draft',
    ownerOrganisationId: organisationId,
    owner: organisation,
    sourceLanguage: draft.sourceLanguage,
    visibility: draft.visibility,
    openForInterest: draft.openForInterest ?? true,
    controlState: library.controlStateFor(organisation),
    clearedCountries: [],
    screeningState: 'not-screened',
    handlerId: null,
    returnReasons: [],
    reviewNotes: [],
    validUntil: null,
    renewals: 0,
    lastConfirmedAt: null,
    mergedInto: null,
    revision: 1,
    faceRevision: null,
    faceUpdatedAt: null,
    createdAt: now,
    updatedAt: now,
    submittedAt: null,
    publishedAt: null
  }
}

const newVersion = (ctx: LibraryContext, { id, createdAt }: RecordRow, draft: Draft): VersionRow => ({
  recordId: id,
  version: 1,
  state: 'draft',
  authors: [ctx.actor.id],
  draft,
  hash: contentHash(draft),
  confirmedLeaks: [],
  createdAt,
  decidedBy: null,
  decidedAt: null
})

/** TYPE-CC-YYYYMMDD-n without n, which the statement adds. */
const referenceUpToNumber = ({ recordType, country }: Draft, now: Date): string =>
  `${recordType}-${country}-${shanghaiDay(now).replaceAll('-', '')}-`
