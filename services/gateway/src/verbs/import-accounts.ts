import type { Role } from '@siku/contracts'
import { writeAudit, type Tx } from '@siku/db'
import { sql } from 'drizzle-orm'
import { asGateway, instantIn, type AccountContext } from '../accounts/account-context.ts'
import { textArray } from '../accounts/account-rows.ts'
import { storePassword } from '../accounts/credentials.ts'
import { hashPassword } from '../accounts/passwords.ts'

export type ImportedOrganisation = {
  id: string
  type: string
  nameZh: string | null
  nameEn: string | null
  country: string
  district: string | null
  creditCode: string | null
  noteReference: string | null
  seatsStaff: boolean
}
export type ImportedAccount = {
  id: string
  email: string
  displayName: string
  language: string
  organisationId: string
  roles: Role[]
  password: string
  /** Base32; given for staff, who cannot sign in without an authenticator. */
  totpSecret: string | null
}

/** Seats organisations, verified, and accounts that can sign in, from the command line. What is there already stays as it is. */
export async function importAccounts(
  ctx: AccountContext,
  { organisations, accounts }: { organisations: ImportedOrganisation[]; accounts: ImportedAccount[] }
): Promise<number> {
  const hashes = new Map<string, string>()
  const missing = await missingAccounts(ctx, accounts)
  for (const account of missing) hashes.set(account.id, await hashPassword(account.password))
  return ctx.db.withTx(asGateway(ctx), async (tx) => {
    for (const organisation of organisations) await insertOrganisation(ctx, tx, organisation)
    for (const account of missing) await insertAccount(ctx, tx, { ...account, passwordHash: hashes.get(account.id) ?? '' })
    if (missing.length > 0)
      await writeAudit(tx, asGateway(ctx), { action: 'accounts.import', detail: { accounts: missing.map(({ id }) => id) } })
    return missing.length
  })
}

async function missingAccounts(ctx: AccountContext, accounts: ImportedAccount[]): Promise<ImportedAccount[]> {
  return ctx.db.withRead(asGateway(ctx), async (tx) => {
    const known = await tx.execute<{ id: string }>(sql`
      select id from gateway.account where id in (select (jsonb_array_elements_text(${JSON.stringify(accounts.map(({ id }) => id))}::jsonb))::uuid)`)
    const ids = new Set([...known].map((row) => row.id))
    return accounts.filter((account) => !ids.has(account.id))
  })
}

async function insertOrganisation(ctx: AccountContext, tx: Tx, one: ImportedOrganisation): Promise<void> {
  const now = instantIn(ctx, 0)
  await tx.execute(sql`
    insert into gateway.organisation (id, type, name_zh, name_en, country, district, credit_code, note_reference, seats_staff, state, verified_at, verified_by, created_at)
    values (${one.id}::uuid, ${one.type}, ${one.nameZh}, ${one.nameEn}, ${one.country}, ${one.district}, ${one.creditCode}, ${one.noteReference}, ${one.seatsStaff},
      'verified', ${now}::timestamptz, 'import', ${now}::timestamptz)
    on conflict (id) do nothing`)
}

async function insertAccount(ctx: AccountContext, tx: Tx, one: ImportedAccount & { passwordHash: string }): Promise<void> {
  await tx.execute(sql`
    insert into gateway.account (id, email, display_name, language, organisation_id, roles, created_at)
    values (${one.id}::uuid, ${one.email.toLowerCase()}, ${one.displayName}, ${one.language}, ${one.organisationId}::uuid, ${textArray(one.roles)}, ${instantIn(ctx, 0)}::timestamptz)`)
  await storePassword(ctx, tx, { accountId: one.id, passwordHash: one.passwordHash })
  if (one.totpSecret === null) return
  await tx.execute(sql`
    update gateway.credential set totp_sealed = ${ctx.secrets.seal('totp', one.totpSecret)}, totp_confirmed_at = ${instantIn(ctx, 0)}::timestamptz
    where account_id = ${one.id}::uuid`)
}
