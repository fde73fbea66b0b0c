import type { Tx } from '@siku/db'
import { sql } from 'drizzle-orm'
import { instantIn, type AccountContext } from './account-context.ts'
import { hashRecoveryCode, newRecoveryCodes, totpStepOf } from './totp.ts'

export type CredentialRow = { passwordHash: string | null; totpSealed: string | null; totpConfirmed: boolean; totpStep: number }

export async function findCredential(tx: Tx, accountId: string, lock: 'lock' | 'read' = 'read'): Promise<CredentialRow | undefined> {
  const [row] = await tx.execute<CredentialRow>(sql`
    select password_hash as "passwordHash", totp_sealed as "totpSealed", totp_confirmed_at is not null as "totpConfirmed", totp_step as "totpStep"
    from gateway.credential where account_id = ${accountId}::uuid ${lock === 'lock' ? sql`for update` : sql``}`)
  return row
}

export async function storePassword(
  ctx: AccountContext,
  tx: Tx,
  { accountId, passwordHash }: { accountId: string; passwordHash: string }
): Promise<void> {
  await tx.execute(sql`
    insert into gateway.credential (account_id, password_hash, changed_at) values (${accountId}, ${passwordHash}, ${instantIn(ctx, 0)}::timestamptz)
    on conflict (account_id) do update set password_hash = excluded.password_hash, changed_at = excluded.changed_at`)
}

/** Takes away authenticator and recovery codes. */
export async function clearTotp(ctx: AccountContext, tx: Tx, accountId: string): Promise<void> {
  await tx.execute(sql`
    update gateway.credential set totp_sealed = null, totp_confirmed_at = null, totp_step = 0, changed_at = ${instantIn(ctx, 0)}::timestamptz
    where account_id = ${accountId}::uuid`)
  await tx.execute(sql`delete from gateway.recovery_code where account_id = ${accountId}::uuid`)
}

/** New codes in place of the old ones; they are shown once. */
export async function replaceRecoveryCodes(tx: Tx, accountId: string): Promise<string[]> {
  const codes = newRecoveryCodes()
  await tx.execute(sql`delete from gateway.recovery_code where account_id = ${accountId}::uuid`)
  await tx.execute(sql`
    insert into gateway.recovery_code (account_id, code_hash)
    select ${accountId}::uuid, jsonb_array_elements_text(${JSON.stringify(codes.map(hashRecoveryCode))}::jsonb)`)
  return codes
}

/** Takes a six-digit or a recovery code, each once. Says which it was, or undefined. */
export async function takeCode(
  ctx: AccountContext,
  tx: Tx,
  { accountId, code }: { accountId: string; code: string }
): Promise<'totp' | 'recovery-code' | undefined> {
  const credential = await findCredential(tx, accountId, 'lock')
  if (!credential?.totpSealed || !credential.totpConfirmed) return undefined
  const digits = code.replaceAll(/\s/g, '')
  if (/^\d{6}$/.test(digits)) {
    const secret = ctx.secrets.open('totp', credential.totpSealed)
    const step = totpStepOf(secret, digits, { now: ctx.now(), usedStep: credential.totpStep })
    if (step === undefined) return undefined
    await tx.execute(sql`update gateway.credential set totp_step = ${step} where account_id = ${accountId}::uuid`)
    return 'totp'
  }
  const used = await tx.execute(sql`
    update gateway.recovery_code set used_at = ${instantIn(ctx, 0)}::timestamptz
    where account_id = ${accountId}::uuid and code_hash = ${hashRecoveryCode(code)} and used_at is null returning 1`)
  return used.length > 0 ? 'recovery-code' : undefined
}
