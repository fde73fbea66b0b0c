import { sql } from 'drizzle-orm'
import { asGateway, dayMs, instantIn, type AccountContext } from '../accounts/account-context.ts'

const keptMs = 30 * dayMs

/** Forgets what is over: sessions, links and attempts that nobody can use any more. The audit keeps that they were. */
export async function pruneAccounts(ctx: AccountContext): Promise<void> {
  const before = instantIn(ctx, -keptMs)
  await ctx.db.withTx(asGateway(ctx), async (tx) => {
    await tx.execute(sql`delete from gateway.session where expires_at < ${before}::timestamptz or revoked_at < ${before}::timestamptz`)
    await tx.execute(sql`delete from gateway.link where expires_at < ${before}::timestamptz`)
    await tx.execute(sql`delete from gateway.attempt where last_at < ${instantIn(ctx, -dayMs)}::timestamptz`)
  })
}
