import { writeAudit } from '@siku/db'
import { asGateway, type AccountContext } from '../accounts/account-context.ts'
import { addressOf, findAccountByEmail, findOrganisation } from '../accounts/account-rows.ts'
import { isAdmitted } from '../accounts/actor-of.ts'
import { countAttempt, forgetAttempts } from '../accounts/attempts.ts'
import { findCredential } from '../accounts/credentials.ts'
import { needsTotp } from '../accounts/givable-roles.ts'
import { verifyPassword } from '../accounts/passwords.ts'
import { SignInRefused } from '../errors.ts'
import { actorOfSession } from '../sessions/authenticate.ts'
import { openSession, type GivenSession, type SessionStage } from '../sessions/session-store.ts'

export type SignIn = { email: string; password: string; agent: string }

/** First step of signing in. Every refusal is the same and takes as long, whether the address is known or not. */
export async function signIn(ctx: AccountContext, { email, password, agent }: SignIn): Promise<GivenSession> {
  const address = addressOf(email)
  await countAttempt(ctx, address)
  const found = await ctx.db.withRead(asGateway(ctx), async (tx) => {
    const account = await findAccountByEmail(tx, address)
    if (!account) return undefined
    const [organisation, credential] = [await findOrganisation(tx, account.organisationId), await findCredential(tx, account.id)]
    return organisation && { account, organisation, credential }
  })
  const right = await verifyPassword(found?.credential?.passwordHash, password)
  if (!right || !found || !isAdmitted(found.account, found.organisation)) throw SignInRefused()

  const stage: SessionStage = found.credential?.totpConfirmed ? 'totp' : needsTotp(found.account.roles) ? 'enrolment' : 'full'
  // With an authenticator the count runs on until its code is right, or a known password would give endless guesses at it.
  if (stage !== 'totp') await forgetAttempts(ctx, address)
  return ctx.db.withTx(asGateway(ctx), async (tx) => {
    await writeAudit(tx, actorOfSession(ctx, found), { action: 'session.open', detail: { stage } })
    return openSession(ctx, tx, { accountId: found.account.id, stage, openedBy: 'password', agent })
  })
}
