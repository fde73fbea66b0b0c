import { writeAudit } from '@siku/db'
import { asGateway, type AccountContext } from '../accounts/account-context.ts'
import { findAccount, findOrganisation } from '../accounts/account-rows.ts'
import { forgetAttempts } from '../accounts/attempts.ts'
import { clearTotp, storePassword } from '../accounts/credentials.ts'
import { findLink, takeLink } from '../accounts/links.ts'
import { assertPasswordFit, hashPassword } from '../accounts/passwords.ts'
import { LinkUnusable } from '../errors.ts'
import { actorOfSession } from '../sessions/authenticate.ts'
import { revokeSessions } from '../sessions/session-store.ts'

/** Sets a password by a one-time link and ends every session. The authenticator stays, unless the link was made to take it away. */
export async function resetPassword(ctx: AccountContext, { token, password }: { token: string; password: string }): Promise<void> {
  const account = await ctx.db.withRead(asGateway(ctx), async (tx) => {
    const link = await findLink(ctx, tx, token)
    return link?.accountId ? findAccount(tx, link.accountId) : undefined
  })
  if (account?.state !== 'active') throw LinkUnusable()
  assertPasswordFit(password, account)
  const passwordHash = await hashPassword(password)
  await ctx.db.withTx(asGateway(ctx), async (tx) => {
    const link = await takeLink(ctx, tx, token)
    const organisation = await findOrganisation(tx, account.organisationId)
    if (!organisation) throw LinkUnusable()
    await storePassword(ctx, tx, { accountId: account.id, passwordHash })
    if (link.clearsTotp) await clearTotp(ctx, tx, account.id)
    await revokeSessions(ctx, tx, { accountId: account.id })
    await writeAudit(tx, actorOfSession(ctx, { account, organisation }), {
      action: 'password.reset',
      detail: { clearsTotp: link.clearsTotp }
    })
  })
  await forgetAttempts(ctx, account.email)
}
