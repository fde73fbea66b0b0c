import { writeAudit } from '@siku/db'
import { once, type OnceResult } from '@siku/service-kit'
import { sql } from 'drizzle-orm'
import type { AccountContext } from '../accounts/account-context.ts'
import { getOrganisationFor } from '../accounts/of-organisation.ts'
import { OrganisationNotPending } from '../errors.ts'
import { gatewaySchema } from '../migrations.ts'

/** Turns an application down with the reason that whoever applied is told; who that was is forgotten. */
export async function refuseOrganisation(
  ctx: AccountContext,
  { id, reason }: { id: string; reason: string }
): Promise<OnceResult<undefined>> {
  return ctx.db.withTx(ctx.actor, (tx) =>
    once(ctx, tx, { schema: gatewaySchema }, async () => {
      const organisation = await getOrganisationFor(tx, ctx.actor, { action: 'organisation.verify', id })
      const decided = await tx.execute(sql`
      update gateway.organisation set state = 'refused', state_reason = ${reason}, applicant_name = null, applicant_email = null, applicant_language = null
      where id = ${id}::uuid and state = 'pending' returning 1`)
      if (decided.length === 0) throw OrganisationNotPending(organisation.state)
      await writeAudit(tx, ctx.actor, { action: 'organisation.refuse', detail: { organisation: id } })
      return { status: 200, id, value: undefined }
    })
  )
}
