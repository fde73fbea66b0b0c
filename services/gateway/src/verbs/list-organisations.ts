import { sql } from 'drizzle-orm'
import type { AccountContext } from '../accounts/account-context.ts'
import { organisationColumns, type OrganisationRow, type OrganisationState } from '../accounts/account-rows.ts'
import { getOrganisationFor } from '../accounts/of-organisation.ts'

export type OrganisationPage = { data: OrganisationRow[]; next: string | null }

/** Organisations in the order they applied. The cursor is the last id: ids carry their time in front. */
export async function listOrganisations(
  ctx: AccountContext,
  { state, after, limit }: { state?: OrganisationState; after?: string; limit: number }
): Promise<OrganisationPage> {
  return ctx.db.withRead(ctx.actor, async (tx) => {
    const rows = await tx.execute<OrganisationRow>(sql`
      select ${organisationColumns} from gateway.organisation o
      where (${state ?? null}::text is null or o.state = ${state ?? null}) and (${after ?? null}::uuid is null or o.id > ${after ?? null}::uuid)
      order by o.id limit ${limit + 1}`)
    const data = [...rows].slice(0, limit)
    return { data, next: rows.length > limit ? (data.at(-1)?.id ?? null) : null }
  })
}

export async function getOrganisation(ctx: AccountContext, { id }: { id: string }): Promise<OrganisationRow> {
  return ctx.db.withRead(ctx.actor, (tx) => getOrganisationFor(tx, ctx.actor, { action: 'organisation.read', id }))
}
