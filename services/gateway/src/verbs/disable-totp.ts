import { writeAudit } from '@siku/db'
import { asGateway, type AccountContext } from '../accounts/account-context.ts'
import { countAttempt, forgetAttempts } from '../accounts/attempts.ts'
import { clearTotp, findCredential, takeCode } from '../accounts/credentials.ts'
import { needsTotp } from '../accounts/givable-roles.ts'
import { verifyPassword } from '../accounts/passwords.ts'
import { CodeRefused, SessionOver, SignInRefused, TotpRequired } from '../errors.ts'
import type { OpenSession } from '../sessions/session-store.ts'

export type DisableTotp = { session: OpenSession | null; password: string; code: string }

/** Switches the authenticator off, with the password and one last code; where the roles require one it stays. */
export async function disableTotp(ctx: AccountContext, { session, password, code }: DisableTotp): Promise<void> {
  if (session?.stage !== 'full') throw SessionOver()
  const { account } = session
  if (needsTotp(account.roles)) throw TotpRequired()
  await countAttempt(ctx, account.email)
  const credential = await ctx.db.withRead(asGateway(ctx), (tx) => findCredential(tx, account.id))
  if (!(await verifyPassword(credential?.passwordHash, password))) throw SignInRefused()
  const done = await ctx.db.withTx(asGateway(ctx), async (tx) => {
    if (!(await takeCode(ctx, tx, { accountId: account.id, code }))) return false
    await clearTotp(ctx, tx, account.id)
    await writeAudit(tx, ctx.actor, { action: 'totp.disable' })
    return true
  })
  if (!done) throw CodeRefused()
  await forgetAttempts(ctx, account.email)
}
