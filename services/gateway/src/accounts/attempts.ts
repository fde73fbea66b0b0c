import { sql } from 'drizzle-orm'
import { AttemptsExhausted } from '../errors.ts'
import { asGateway, instantIn, minuteMs, type AccountContext } from './account-context.ts'

const freeAttempts = 5
const lockMsMax = 60 * minuteMs
const forgottenAfterMs = 24 * 60 * minuteMs

/** 30 s after the fifth failure, then twice as long each time, up to an hour. */
export const lockMsAfter = (failed: number): number =>
  failed < freeAttempts ? 0 : Math.min(30_000 * 2 ** (failed - freeAttempts), lockMsMax)

/**
 * Counts an attempt before it is looked at, so that many at once do not all slip through. Addresses nobody has are counted and locked
 * like any other: a lock tells nothing.
 */
export async function countAttempt(ctx: AccountContext, address: string): Promise<void> {
  const hash = ctx.secrets.addressHash(address)
  const now = instantIn(ctx, 0)
  const waitSeconds = await ctx.db.withTx(asGateway(ctx), async (tx) => {
    await tx.execute(sql`insert into gateway.attempt (address_hash, last_at) values (${hash}, ${now}::timestamptz) on conflict do nothing`)
    const [row] = await tx.execute<{ failed: number; wait: number }>(sql`
      select case when last_at < ${instantIn(ctx, -forgottenAfterMs)}::timestamptz then 0 else failed end as failed,
        coalesce(ceil(extract(epoch from locked_until - ${now}::timestamptz)), 0)::int as wait
      from gateway.attempt where address_hash = ${hash} for update`)
    if (row && row.wait > 0) return row.wait
    const failed = (row?.failed ?? 0) + 1
    const lockMs = lockMsAfter(failed)
    await tx.execute(sql`
      update gateway.attempt set failed = ${failed}, last_at = ${now}::timestamptz,
        locked_until = ${lockMs > 0 ? instantIn(ctx, lockMs) : null}::timestamptz
      where address_hash = ${hash}`)
    return 0
  })
  if (waitSeconds > 0) throw AttemptsExhausted(waitSeconds).with({ retryAfterSeconds: waitSeconds })
}

/** A success wipes the slate. */
export async function forgetAttempts(ctx: AccountContext, address: string): Promise<void> {
  await ctx.db.withTx(asGateway(ctx), async (tx) => {
    await tx.execute(sql`delete from gateway.attempt where address_hash = ${ctx.secrets.addressHash(address)}`)
  })
}
