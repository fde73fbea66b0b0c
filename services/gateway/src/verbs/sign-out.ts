import { writeAudit } from '@siku/db'
import { asGateway, type AccountContext } from '../accounts/account-context.ts'
import { actorOfSession } from '../sessions/authenticate.ts'
import { revokeSessionById, type OpenSession } from '../sessions/session-store.ts'

/** Ends the session of this browser, halves too. Ending one that is over changes nothing. */
export async function signOut(ctx: AccountContext, session: OpenSession | null): Promise<void> {
  if (!session) return
  await ctx.db.withTx(asGateway(ctx), async (tx) => {
    if (await revokeSessionById(ctx, tx, session.sessionId)) await writeAudit(tx, actorOfSession(ctx, session), { action: 'session.close' })
  })
}
