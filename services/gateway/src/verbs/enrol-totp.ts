import { writeAudit } from '@siku/db'
import { sql } from 'drizzle-orm'
import { asGateway, instantIn, type AccountContext } from '../accounts/account-context.ts'
import { findCredential } from '../accounts/credentials.ts'
import { newTotp, type TotpEnrolment } from '../accounts/totp.ts'
import { SessionOver, TotpEnrolled } from '../errors.ts'
import { actorOfSession } from '../sessions/authenticate.ts'
import type { OpenSession } from '../sessions/session-store.ts'

/** Begins an enrolment: the secret is shown until a first code confirms it. Asking again shows the one that waits. */
export async function enrolTotp(ctx: AccountContext, { session }: { session: OpenSession | null }): Promise<TotpEnrolment> {
  if (!session || session.stage === 'totp') throw SessionOver()
  const { account } = session
  return ctx.db.withTx(asGateway(ctx), async (tx) => {
    const credential = await findCredential(tx, account.id, 'lock')
    if (credential?.totpConfirmed) throw TotpEnrolled()
    if (credential?.totpSealed) return newTotp(account.email, ctx.secrets.open('totp', credential.totpSealed))
    const enrolment = newTotp(account.email)
    const sealed = ctx.secrets.seal('totp', enrolment.secret)
    const now = instantIn(ctx, 0)
    await tx.execute(sql`
      insert into gateway.credential (account_id, totp_sealed, changed_at) values (${account.id}, ${sealed}, ${now}::timestamptz)
      on conflict (account_id) do update set totp_sealed = excluded.totp_sealed, totp_step = 0, changed_at = excluded.changed_at`)
    await writeAudit(tx, actorOfSession(ctx, session), { action: 'totp.enrol' })
    return enrolment
  })
}
