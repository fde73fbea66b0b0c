import type { Role } from '@siku/contracts'
import { NotFound } from '@siku/service-kit'
import { sql } from 'drizzle-orm'
import { instantIn, type AccountContext } from '../accounts/account-context.ts'
import { accountColumns, instant, type AccountRow } from '../accounts/account-rows.ts'
import { getOrganisationFor } from '../accounts/of-organisation.ts'

export type InvitationLine = { id: string; email: string; displayName: string; roles: Role[]; expiresAt: string }
export type UserList = { users: AccountRow[]; invitations: InvitationLine[] }

const listedMax = 1000

/** The people of an organisation and the invitations that are still open. */
export async function listUsers(
  ctx: AccountContext,
  { organisationId = ctx.actor.organisationId }: { organisationId?: string | null }
): Promise<UserList> {
  if (organisationId === null) throw NotFound()
  return ctx.db.withRead(ctx.actor, async (tx) => {
    await getOrganisationFor(tx, ctx.actor, { action: 'user.list', id: organisationId })
    const users = await tx.execute<AccountRow>(sql`
      select ${accountColumns} from gateway.account a where a.organisation_id = ${organisationId}::uuid order by a.id limit ${listedMax}`)
    const invitations = await tx.execute<InvitationLine>(sql`
      select l.id, l.email, l.display_name as "displayName", to_jsonb(l.roles) as roles, ${instant(sql`l.expires_at`)} as "expiresAt" from gateway.link l
      where l.organisation_id = ${organisationId}::uuid and l.kind <> 'password-reset' and l.used_at is null
        and l.expires_at > ${instantIn(ctx, 0)}::timestamptz
      order by l.id limit ${listedMax}`)
    return { users: [...users], invitations: [...invitations] }
  })
}
