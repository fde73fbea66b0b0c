import type { Language, Role } from '@siku/contracts'
import { writeAudit, type Tx } from '@siku/db'
import { sql } from 'drizzle-orm'
import { asGateway, instantIn, type AccountContext } from '../accounts/account-context.ts'
import { addressOf, findAccountByEmail, type OrganisationRow } from '../accounts/account-rows.ts'
import { issueLink, type IssuedLink } from '../accounts/links.ts'
import { AddressTaken } from '../errors.ts'

export type CreateAdmin = {
  email: string
  displayName: string
  /** `commission-admin` and `operator` unless told otherwise. */
  roles?: Role[]
  language?: Language
  /** The commission or district that seats staff; made on first use. */
  organisation: { nameZh: string; nameEn?: string; district?: string }
}

/** The first way in, from the command line: seats an administrator and gives the link with which that person sets a password. */
export async function createAdmin(ctx: AccountContext, input: CreateAdmin): Promise<IssuedLink> {
  const actor = asGateway(ctx)
  return ctx.db.withTx(actor, async (tx) => {
    const email = addressOf(input.email)
    if (await findAccountByEmail(tx, email)) throw AddressTaken()
    const organisationId = await seatOf(ctx, tx, input.organisation)
    const invitee = {
      email,
      displayName: input.displayName,
      language: input.language ?? 'zh',
      roles: input.roles ?? ['commission-admin', 'operator']
    }
    const link = await issueLink(ctx, tx, { kind: 'first-admin', by: actor, target: { organisationId, invitee } })
    await writeAudit(tx, actor, { action: 'admin.create', detail: { organisation: organisationId, link: link.id, roles: invitee.roles } })
    return link
  })
}

async function seatOf(ctx: AccountContext, tx: Tx, { nameZh, nameEn, district }: CreateAdmin['organisation']): Promise<string> {
  const [seat] = await tx.execute<Pick<OrganisationRow, 'id'>>(sql`
    select id from gateway.organisation where seats_staff and name_zh = ${nameZh} order by id limit 1`)
  if (seat) return seat.id
  const id = ctx.newId()
  const now = instantIn(ctx, 0)
  await tx.execute(sql`
    insert into gateway.organisation (id, type, name_zh, name_en, country, district, seats_staff, state, verified_at, verified_by, created_at)
    values (${id}, 'government', ${nameZh}, ${nameEn ?? null}, 'CN', ${district ?? null}, true, 'verified', ${now}::timestamptz, 'service:gateway',
      ${now}::timestamptz)`)
  return id
}
