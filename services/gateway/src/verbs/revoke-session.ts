import { writeAudit } from '@siku/db'
import { NotFound } from '@siku/service-kit'
import { sql } from 'drizzle-orm'
import { instantIn, type AccountContext } from '../accounts/account-context.ts'

/** Ends one of the caller's own sessions. At the door it ends at once; a token minted before lives 60 s at most. */
export async function revokeSession(ctx: AccountContext, { sessionId }: { sessionId: string }): Promise<void> {
  await ctx.db.withTx(ctx.actor, async (tx) => {
    const ended = await tx.execute(sql`
      update gateway.session set revoked_at = ${instantIn(ctx, 0)}::timestamptz
      where id = ${sessionId}::uuid and account_id = ${ctx.actor.id}::uuid and revoked_at is null returning 1`)
    if (ended.length === 0) throw NotFound()
    await writeAudit(tx, ctx.actor, { action: 'session.close', detail: { session: sessionId } })
  })
}
