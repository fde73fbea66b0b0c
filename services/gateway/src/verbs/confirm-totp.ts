import { writeAudit } from '@siku/db'
import { sql } from 'drizzle-orm'
import { asGateway, instantIn, type AccountContext } from '../accounts/account-context.ts'
import { countAttempt, forgetAttempts } from '../accounts/attempts.ts'
import { findCredential, replaceRecoveryCodes } from '../accounts/credentials.ts'
import { totpStepOf } from '../accounts/totp.ts'
import { CodeRefused, SessionOver, TotpNotEnrolled } from '../errors.ts'
import { actorOfSession } from '../sessions/authenticate.ts'
import { openSession, revokeSessionById, type GivenSession, type OpenSession } from '../sessions/session-store.ts'

export type ConfirmTotp = { session: OpenSession | null; code: string; agent: string }
export type ConfirmedTotp = { recoveryCodes: string[]; session: GivenSession | undefined }

/** A first code proves that the authenticator has the secret. Whoever came to enrol is signed in with it. */
export async function confirmTotp(ctx: AccountContext, { session, code, agent }: ConfirmTotp): Promise<ConfirmedTotp> {
  if (!session || session.stage === 'totp') throw SessionOver()
  const { account } = session
  await countAttempt(ctx, account.email)
  const confirmed = await ctx.db.withTx(asGateway(ctx), async (tx) => {
    const credential = await findCredential(tx, account.id, 'lock')
    if (!credential?.totpSealed || credential.totpConfirmed) throw TotpNotEnrolled()
    const step = totpStepOf(ctx.secrets.open('totp', credential.totpSealed), code.replaceAll(/\s/g, ''), { now: ctx.now(), usedStep: 0 })
    if (step === undefined) return undefined
    await tx.execute(sql`
      update gateway.credential set totp_confirmed_at = ${instantIn(ctx, 0)}::timestamptz, totp_step = ${step} where account_id = ${account.id}::uuid`)
    const recoveryCodes = await replaceRecoveryCodes(tx, account.id)
    await writeAudit(tx, actorOfSession(ctx, session), { action: 'totp.confirm' })
    if (session.stage === 'full') return { recoveryCodes, session: undefined }
    await revokeSessionById(ctx, tx, session.sessionId)
    return { recoveryCodes, session: await openSession(ctx, tx, { accountId: account.id, stage: 'full', openedBy: 'totp', agent }) }
  })
  if (!confirmed) throw CodeRefused()
  await forgetAttempts(ctx, account.email)
  return confirmed
}
