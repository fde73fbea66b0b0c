import { writeAudit, type Tx } from '@siku/db'
import { NotFound, once, type OnceResult } from '@siku/service-kit'
import { sql } from 'drizzle-orm'
import { randomBytes } from 'node:crypto'
import { dayMs, instantIn, type AccountContext } from '../accounts/account-context.ts'
import { textArray } from '../accounts/account-rows.ts'
import { assertScopes, keyRolesFor } from '../accounts/key-rights.ts'
import { getOrganisationFor } from '../accounts/of-organisation.ts'
import { hashToken, newToken } from '../accounts/secrets.ts'
import { KeysAtLimit, OrganisationStateUnfit } from '../errors.ts'
import { gatewaySchema } from '../migrations.ts'

export type CreateKey = { client: string; scopes: string[]; validDays: number }
export type IssuedKey = { id: string; client: string; prefix: string; key: string; expiresAt: string }

/** One for the work and one for its rotation. */
const activePerClient = 2

/** Makes a key for a program of the caller's organisation. The key itself is in this answer and nowhere else. */
export async function createKey(ctx: AccountContext, input: CreateKey): Promise<OnceResult<IssuedKey>> {
  const organisationId = ctx.actor.organisationId
  if (organisationId === null) throw NotFound()
  return ctx.db.withTx(ctx.actor, (tx) =>
    once(ctx, tx, { schema: gatewaySchema, onRepeat: 'refuse' }, async () => {
      const organisation = await getOrganisationFor(tx, ctx.actor, { action: 'key.write', id: organisationId })
      if (organisation.state !== 'verified') throw OrganisationStateUnfit(organisation.state, 'verified')
      assertScopes(ctx.actor, input.scopes)
      const issued = await insertKey(ctx, tx, { ...input, organisationId, roles: keyRolesFor(ctx.actor) })
      await writeAudit(tx, ctx.actor, { action: 'key.create', detail: { key: issued.id, scopes: input.scopes } })
      return { status: 201, id: issued.id, value: issued }
    })
  )
}

type NewKey = CreateKey & { organisationId: string; roles: readonly string[] }

export async function insertKey(
  ctx: AccountContext,
  tx: Tx,
  { organisationId, client, roles, scopes, validDays }: NewKey
): Promise<IssuedKey> {
  const now = instantIn(ctx, 0)
  // Two makers at once would each see one active key: they take turns.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${organisationId}/${client}`}, 0))`)
  const [active] = await tx.execute<{ count: number }>(sql`
    select count(*)::int as count from gateway.api_key
    where organisation_id = ${organisationId}::uuid and client = ${client} and revoked_at is null and expires_at > ${now}::timestamptz`)
  if ((active?.count ?? 0) >= activePerClient) throw KeysAtLimit(client)

  const prefix = randomBytes(6).toString('hex')
  const issued = { id: ctx.newId(), client, prefix, key: `siku_${prefix}_${newToken()}`, expiresAt: instantIn(ctx, validDays * dayMs) }
  await tx.execute(sql`
    insert into gateway.api_key (id, organisation_id, client, prefix, secret_hash, roles, scopes, created_by, created_at, expires_at)
    values (${issued.id}, ${organisationId}, ${client}, ${prefix}, ${hashToken(issued.key)}, ${textArray(roles)}, ${textArray(scopes)},
      ${ctx.actor.id}, ${now}::timestamptz, ${issued.expiresAt}::timestamptz)`)
  return issued
}
