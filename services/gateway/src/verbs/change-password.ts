import { writeAudit } from '@siku/db'
import { asGateway, type AccountContext } from '../accounts/account-context.ts'
import { countAttempt, forgetAttempts } from '../accounts/attempts.ts'
import { findCredential, storePassword } from '../accounts/credentials.ts'
import { assertPasswordFit, hashPassword, verifyPassword } from '../accounts/passwords.ts'
import { SessionOver, SignInRefused } from '../errors.ts'
import { revokeSessions, type OpenSession } from '../sessions/session-store.ts'

/** Sets another password for the person signed in and ends the other sessions. Needs the present one. */
export async function changePassword(
  ctx: AccountContext,
  input: { session: OpenSession | null; current: string; password: string }
): Promise<void> {
  if (input.session?.stage !== 'full') throw SessionOver()
  const { account, sessionId } = input.session
  await countAttempt(ctx, account.email)
  const credential = await ctx.db.withRead(asGateway(ctx), (tx) => findCredential(tx, account.id))
  if (!(await verifyPassword(credential?.passwordHash, input.current)))
    throw SignInRefused().with({ errors: [{ pointer: '/current', detail: 'is not the present password' }] })
  assertPasswordFit(input.password, account)
  const passwordHash = await hashPassword(input.password)
  await ctx.db.withTx(asGateway(ctx), async (tx) => {
    await storePassword(ctx, tx, { accountId: account.id, passwordHash })
    await revokeSessions(ctx, tx, { accountId: account.id, except: sessionId })
    await writeAudit(tx, ctx.actor, { action: 'password.change' })
  })
  await forgetAttempts(ctx, account.email)
}
