import type { Actor, Role } from '@siku/contracts'
import { sql } from 'drizzle-orm'
import { asGateway, instantIn, minuteMs, type AccountContext } from '../accounts/account-context.ts'
import { organisationColumns, type OrganisationRow } from '../accounts/account-rows.ts'
import { actorOf } from '../accounts/actor-of.ts'
import { hashToken, sameText } from '../accounts/secrets.ts'

type KeyRow = { id: string; secretHash: string; roles: Role[]; scopes: string[]; stale: boolean; organisation: OrganisationRow }

/** The actor behind an API key, or undefined where it is unknown, revoked, expired, or its organisation is not verified. */
export async function findKeyActor(ctx: AccountContext, key: string): Promise<Actor | undefined> {
  const prefix = key.slice('siku_'.length, 'siku_'.length + 12)
  const [row] = await ctx.db.withRead(asGateway(ctx), (tx) =>
    tx.execute<KeyRow>(sql`
    select k.id, k.secret_hash as "secretHash", to_jsonb(k.roles) as roles, to_jsonb(k.scopes) as scopes,
      k.last_used_at is null or k.last_used_at < ${instantIn(ctx, -minuteMs)}::timestamptz as stale,
      (select to_jsonb(r) from (select ${organisationColumns}) r) as organisation
    from gateway.api_key k join gateway.organisation o on o.id = k.organisation_id
    where k.prefix = ${prefix} and k.revoked_at is null and k.expires_at > ${instantIn(ctx, 0)}::timestamptz`)
  )
  if (!row || !sameText(row.secretHash, hashToken(key)) || row.organisation.state !== 'verified') return undefined
  if (row.stale) await markUsed(ctx, row.id)
  return actorOf(
    { kind: 'key', id: row.id, organisation: row.organisation, roles: row.roles, scopes: row.scopes, requestId: ctx.requestId },
    ctx.secrets
  )
}

async function markUsed(ctx: AccountContext, id: string): Promise<void> {
  await ctx.db.withTx(asGateway(ctx), async (tx) => {
    await tx.execute(sql`update gateway.api_key set last_used_at = ${instantIn(ctx, 0)}::timestamptz where id = ${id}::uuid`)
  })
}
