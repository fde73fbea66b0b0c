import type { Role } from '@siku/contracts'
import type { Tx } from '@siku/db'
import { NotFound } from '@siku/service-kit'
import { sql } from 'drizzle-orm'
import { instantIn, type AccountContext } from '../accounts/account-context.ts'
import { instant } from '../accounts/account-rows.ts'
import { getOrganisationFor } from '../accounts/of-organisation.ts'

export type KeyLine = {
  id: string
  organisationId: string
  client: string
  prefix: string
  roles: Role[]
  scopes: string[]
  state: 'active' | 'expired' | 'revoked'
  createdAt: string
  expiresAt: string
  lastUsedAt: string | null
}

const listedMax = 1000

const keyColumns = (
  now: string
) => sql`k.id, k.organisation_id as "organisationId", k.client, k.prefix, to_jsonb(k.roles) as roles, to_jsonb(k.scopes) as scopes,
  case when k.revoked_at is not null then 'revoked' when k.expires_at <= ${now}::timestamptz then 'expired' else 'active' end as state,
  ${instant(sql`k.created_at`)} as "createdAt", ${instant(sql`k.expires_at`)} as "expiresAt", ${instant(sql`k.last_used_at`)} as "lastUsedAt"`

/** Keys of an organisation, newest first, without their secrets. */
export async function listKeys(
  ctx: AccountContext,
  { organisationId = ctx.actor.organisationId }: { organisationId?: string | null }
): Promise<KeyLine[]> {
  if (organisationId === null) throw NotFound()
  return ctx.db.withRead(ctx.actor, async (tx) => {
    await getOrganisationFor(tx, ctx.actor, { action: 'key.read', id: organisationId })
    const rows = await tx.execute<KeyLine>(sql`
      select ${keyColumns(instantIn(ctx, 0))} from gateway.api_key k where k.organisation_id = ${organisationId}::uuid order by k.id desc limit ${listedMax}`)
    return [...rows]
  })
}

/** One key, locked for a change. */
export async function findKey(ctx: AccountContext, tx: Tx, id: string): Promise<KeyLine | undefined> {
  const [row] = await tx.execute<KeyLine>(
    sql`select ${keyColumns(instantIn(ctx, 0))} from gateway.api_key k where k.id = ${id}::uuid for update`
  )
  return row
}
