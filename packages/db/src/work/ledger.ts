import type { Actor, LibraryName, WorkKind } from '@siku/contracts'
import { sql } from 'drizzle-orm'
import type { Database, Tx } from '../connect.ts'
import { FencedOutError } from '../errors.ts'
import { statement } from '../statements.ts'

/** A claim on derived work: `wanted` is what will be done, `fence` tells whether the claim still stands. */
export type WorkItem = {
  kind: WorkKind
  library: LibraryName
  recordId: string
  wanted: number
  fence: number
  attempts: number
  cause: string
  causeId: string | null
}

export type WorkOwed = { kind: WorkKind; library: LibraryName; recordId: string; cause: string; causeId: string | null; lane?: 0 | 1 }

const owe = statement('select work.owe($1, $2, $3::uuid, $4, $5::text, $6::smallint)')

/** Owes derived work in the caller's transaction: adds 1 to `wanted`, un-parks, and is due at once. */
export async function oweWork(tx: Tx, owed: WorkOwed): Promise<void> {
  const { kind, library, recordId, cause, causeId, lane = 0 } = owed
  await owe(tx, kind, library, recordId, cause, causeId, lane)
}

const oweEach = statement(`
  select work.owe($1, $2, id::uuid, $3, $4::text, $5::smallint) from jsonb_array_elements_text($6::jsonb) as id order by id`)

/** Owes the same kind of work for many records of a library at once. */
export async function oweWorkForAll(tx: Tx, owed: Omit<WorkOwed, 'recordId'> & { recordIds: readonly string[] }): Promise<void> {
  const { kind, library, recordIds, cause, causeId, lane = 0 } = owed
  if (recordIds.length === 0) return
  await oweEach(tx, kind, library, cause, causeId, lane, JSON.stringify(recordIds))
}

/** Owes the index every live record of a library again, in the lane that waits for single postings. Returns how many. */
export async function oweReindex(tx: Tx, library: LibraryName, cause: string): Promise<number> {
  const rows = await tx.execute(sql`
    select work.owe('index', library, id, ${cause}, null, 1::smallint) from published.document where library = ${library} and not tombstone`)
  return rows.length
}

export type ClaimOptions = { kind: WorkKind; library?: LibraryName; limit: number; leaseMs: number }

const claim = statement<WorkItem>(`
  with due as (
    select kind, record_id from work.item
    where kind = $1 and ($2::text is null or library = $2::text)
      and state = 'open' and done < wanted and next_attempt_at <= now() and (lease_until is null or lease_until < now())
    order by lane, next_attempt_at limit $3 for update skip locked
  )
  update work.item i set fence = i.fence + 1, attempts = i.attempts + 1, lease_until = now() + $4 * interval '1 millisecond'
  from due where i.kind = due.kind and i.record_id = due.record_id
  returning i.kind, i.library, i.record_id as "recordId", i.wanted, i.fence, i.attempts, i.cause, i.cause_id as "causeId"`)

/** Claims due rows, oldest first, at most one claimant each. Attempts and fence rise by one. */
export async function claimWork(db: Database, actor: Actor, { kind, library, limit, leaseMs }: ClaimOptions): Promise<WorkItem[]> {
  return db.withTx(actor, async (tx) => [...(await claim(tx, kind, library ?? null, limit, leaseMs))])
}

/** Holds claims a while longer. Those that another claimant took over stay with it. */
export async function renewWork(db: Database, actor: Actor, items: readonly WorkItem[], leaseMs: number): Promise<void> {
  const claims = JSON.stringify(items.map(({ kind, recordId, fence }) => ({ kind, record_id: recordId, fence })))
  await db.withTx(actor, async (tx) => {
    await tx.execute(sql`
      update work.item i set lease_until = now() + ${leaseMs} * interval '1 millisecond'
      from jsonb_to_recordset(${claims}::jsonb) as c (kind text, record_id uuid, fence bigint)
      where i.kind = c.kind and i.record_id = c.record_id and i.fence = c.fence and i.lease_until is not null`)
  })
}

const close = statement<{ recordId: string }>(`
  update work.item i set done = c.wanted, lease_until = null, attempts = 0, last_error = null
  from jsonb_to_recordset($1::jsonb) as c (kind text, record_id uuid, wanted bigint, fence bigint)
  where i.kind = c.kind and i.record_id = c.record_id and i.fence = c.fence and i.done < c.wanted
  returning i.record_id as "recordId"`)

/** Closes claims in the transaction that stores their results. A zombie whose claim was taken over cannot commit. */
export async function closeWork(tx: Tx, items: readonly WorkItem[]): Promise<void> {
  if (items.length === 0) return
  const claims = JSON.stringify(items.map(({ kind, recordId, wanted, fence }) => ({ kind, record_id: recordId, wanted, fence })))
  const closed = await close(tx, claims)
  const done = new Set([...closed].map((row) => row.recordId))
  const lost = items.find((item) => !done.has(item.recordId))
  if (lost) throw new FencedOutError(lost.kind, lost.recordId)
}

export type Failure = { message: string; permanent: boolean }
/** Short, so that everything has caught up within a minute of the last failure, however many came before it. */
const backOffMaxSeconds = 30
const transientHoursMax = 24

/** Gives a claim back after a failure: permanent ones are parked, others come due again with back-off and are parked after a day. */
export async function failWork(db: Database, actor: Actor, item: WorkItem, failure: Failure): Promise<void> {
  const error = JSON.stringify({ message: failure.message.slice(0, 500), attempts: item.attempts })
  const waitSeconds = Math.min(2 ** (item.attempts - 1), backOffMaxSeconds)
  await db.withTx(actor, async (tx) => {
    await tx.execute(sql`
      update work.item set lease_until = null, last_error = ${error}::jsonb || jsonb_build_object('at', now()),
        next_attempt_at = now() + ${waitSeconds} * interval '1 second' * (0.75 + random() / 2),
        state = case when ${failure.permanent} or owed_at < now() - ${transientHoursMax} * interval '1 hour' then 'parked' else 'open' end
      where kind = ${item.kind} and record_id = ${item.recordId}::uuid and fence = ${item.fence}`)
  })
}

/** Un-parks work so that it is tried again at once. Returns how many rows came back. */
export async function redriveWork(tx: Tx, kind: WorkKind, recordIds?: readonly string[]): Promise<number> {
  const only = recordIds === undefined ? null : JSON.stringify(recordIds)
  const rows = await tx.execute(sql`
    update work.item set state = 'open', attempts = 0, next_attempt_at = now(), hinted_at = null, owed_at = now()
    where kind = ${kind} and state = 'parked'
      and (${only}::jsonb is null or record_id::text in (select jsonb_array_elements_text(${only}::jsonb)))
    returning record_id`)
  return rows.length
}
