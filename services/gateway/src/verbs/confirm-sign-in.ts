import { writeAudit } from '@siku/db'
import { asGateway, type AccountContext } from '../accounts/account-context.ts'
import { countAttempt, forgetAttempts } from '../accounts/attempts.ts'
import { takeCode } from '../accounts/credentials.ts'
import { CodeRefused, SignInUnfinished } from '../errors.ts'
import { actorOfSession } from '../sessions/authenticate.ts'
import { openSession, revokeSessionById, type GivenSession, type OpenSession } from '../sessions/session-store.ts'

export type ConfirmSignIn = { session: OpenSession | null; code: string; agent: string }

/** Second step: the code of the authenticator, or a recovery code. The half session ends and a full one begins under another token. */
export async function confirmSignIn(ctx: AccountContext, { session, code, agent }: ConfirmSignIn): Promise<GivenSession> {
  if (session?.stage !== 'totp') throw SignInUnfinished()
  const { account } = session
  await countAttempt(ctx, account.email)
  const given = await ctx.db.withTx(asGateway(ctx), async (tx) => {
    const openedBy = await takeCode(ctx, tx, { accountId: account.id, code })
    if (!openedBy || !(await revokeSessionById(ctx, tx, session.sessionId))) return undefined
    await writeAudit(tx, actorOfSession(ctx, session), { action: 'session.open', detail: { stage: 'full', by: openedBy } })
    return openSession(ctx, tx, { accountId: account.id, stage: 'full', openedBy, agent })
  })
  if (!given) throw CodeRefused()
  await forgetAttempts(ctx, account.email)
  return given
}
