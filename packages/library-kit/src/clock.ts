import { serviceActor, type RecordState } from '@siku/contracts'
import { writeAudit, type Tx } from '@siku/db'
import { describeError } from '@siku/service-kit'
import { and, asc, desc, eq, isNotNull, sql, type SQL } from 'drizzle-orm'
import { refreshFace, updateRow, type RecordChange } from './change-record.ts'
import { addDays, shanghaiDay, type LibraryContext } from './context.ts'
import type { Ageing, Library } from './define-library.ts'
import { lockRow } from './load-record.ts'
import { lettersInForce } from './verbs/control-record.ts'
import type { RecordRow } from './tables.ts'

const batchMax = 100
const actor = serviceActor('service:clock', 'clock')

/**
 * What the calendar does to records: closes, pauses or expires those that nobody confirmed in time, and ends letters of intent.
 * Each record in its own transaction, so that one that cannot be moved does not hold up the others. Returns how many moved.
 */
export async function runClock(ctx: Omit<LibraryContext, 'actor'>, library: Library): Promise<number> {
  const clockCtx: LibraryContext = { ...ctx, actor }
  const due = await ctx.db.withRead(actor, (tx) => dueRecords(tx, clockCtx, library))
  let moved = 0
  for (const id of due) if (await moveOne(clockCtx, library, id)) moved++
  return moved
}

async function moveOne(ctx: LibraryContext, library: Library, recordId: string): Promise<boolean> {
  try {
    return await ctx.db.withTx(actor, (tx) => ageRecord(tx, ctx, library, recordId))
  } catch (error) {
    ctx.log.error(
      { event: 'clock.record-failed', library: library.name, recordId, err: describeError(error) },
      'the calendar could not move a record; it is tried again'
    )
    return false
  }
}

async function dueRecords(tx: Tx, ctx: LibraryContext, library: Library): Promise<string[]> {
  const { record } = library.tables
  const due = sql`(${isOver(ctx, library)}) or (${hasOtherLetter(ctx, library)})`
  const rows = await tx
    .select({ id: record.id })
    .from(record)
    .where(due)
    .orderBy(asc(record.lastConfirmedAt), asc(record.id))
    .limit(batchMax)
  return rows.map((row) => row.id)
}

/** Past its validity and not yet what the calendar makes of it: what already is, must not crowd the others out of the batch. */
function isOver(ctx: LibraryContext, library: Library): SQL {
  const { record } = library.tables
  const now = ctx.now()
  const reached = library.validity.ageing
    .toReversed()
    .map(
      ({ afterDays, does }) =>
        sql`when coalesce(${record.lastConfirmedAt}, ${record.createdAt}) <= ${addDays(now, -afterDays).toISOString()}::timestamptz then ${does}::text`
    )
  const does = sql`case ${sql.join([...reached, sql`when true then 'expire'`], sql` `)} end`
  return sql`${record.state} in ('published', 'paused') and ${record.validUntil} <= ${now.toISOString()}::timestamptz
    and case ${does} when 'expire' then true when 'pause' then ${record.state} <> 'paused' else ${record.openForInterest} end`
}

/** Restricted, and its letter of intent has begun or ended since the countries were written. */
function hasOtherLetter(ctx: LibraryContext, library: Library): SQL {
  const { record, controlDecision: decision } = library.tables
  const today = shanghaiDay(ctx.now())
  return sql`${record.controlState} = 'restricted' and ${record.clearedCountries} is distinct from coalesce((
    select case when ${decision.letter} ->> 'validFrom' <= ${today} and ${today} <= ${decision.letter} ->> 'validUntil'
      then array(select jsonb_array_elements_text(${decision.letter} -> 'countries')) end
    from ${decision} where ${decision.recordId} = ${record.id} and ${decision.confirmedAt} is not null
    order by ${decision.confirmedAt} desc limit 1), '{}')`
}

async function ageRecord(tx: Tx, ctx: LibraryContext, library: Library, id: string): Promise<boolean> {
  const row = await lockRow(tx, library, id)
  const columns = { ...agedColumns(ctx, library, row), ...(await letterColumns(tx, ctx, library, row)) }
  if (Object.keys(columns).length === 0) return false
  const changed = await updateRow(tx, ctx, library, { row, columns })
  await refreshFace(tx, ctx, library, changed)
  await writeAudit(tx, ctx.actor, {
    action: 'record.age',
    library: library.name,
    recordId: id,
    detail: { state: changed.state, revision: changed.revision }
  })
  return true
}

const stateFor: Record<Ageing['does'], RecordState | undefined> = { close: undefined, pause: 'paused', expire: 'expired' }

function agedColumns(ctx: LibraryContext, library: Library, row: RecordRow): RecordChange {
  if (row.validUntil === null || row.validUntil > ctx.now()) return {}
  const since = row.lastConfirmedAt ?? row.createdAt
  const reached = library.validity.ageing.filter((step) => addDays(since, step.afterDays) <= ctx.now())
  const last = reached.at(-1) ?? { afterDays: 0, does: 'expire' as const }
  const state = stateFor[last.does]
  if (state === undefined) return row.openForInterest ? { openForInterest: false } : {}
  return row.state === state ? {} : { state, openForInterest: false }
}

/** The letter of the last confirmed assessment is the one that counts; earlier ones were superseded. */
async function letterColumns(tx: Tx, ctx: LibraryContext, library: Library, row: RecordRow): Promise<RecordChange> {
  if (row.controlState !== 'restricted') return {}
  const { controlDecision: decision } = library.tables
  const confirmed = and(eq(decision.recordId, row.id), isNotNull(decision.confirmedAt))
  const [last] = await tx.select().from(decision).where(confirmed).orderBy(desc(decision.confirmedAt)).limit(1)
  const countries = lettersInForce(last?.letter ?? null, shanghaiDay(ctx.now()))
  return countries.join() === row.clearedCountries.join() ? {} : { clearedCountries: countries }
}
