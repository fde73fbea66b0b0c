import { writeAudit } from '@siku/db'
import { once, type OnceResult } from '@siku/service-kit'
import { sql } from 'drizzle-orm'
import type { AccountContext } from '../accounts/account-context.ts'
import { getOrganisationFor } from '../accounts/of-organisation.ts'
import { NotOneself, OrganisationStateUnfit } from '../errors.ts'
import { gatewaySchema } from '../migrations.ts'

/** Shuts an organisation out: its sessions and keys open nothing from the next request on. */
export const suspendOrganisation = (ctx: AccountContext, { id, reason }: { id: string; reason: string }) =>
  move(ctx, { id, from: 'verified', to: 'suspended', reason })

/** Lets it in again; sessions and keys that have not expired work as before. */
export const reinstateOrganisation = (ctx: AccountContext, { id }: { id: string }) =>
  move(ctx, { id, from: 'suspended', to: 'verified', reason: null })

type Move = { id: string; from: 'verified' | 'suspended'; to: 'verified' | 'suspended'; reason: string | null }

async function move(ctx: AccountContext, { id, from, to, reason }: Move): Promise<OnceResult<undefined>> {
  return ctx.db.withTx(ctx.actor, (tx) =>
    once(ctx, tx, { schema: gatewaySchema }, async () => {
      const organisation = await getOrganisationFor(tx, ctx.actor, { action: 'organisation.suspend', id })
      if (organisation.id === ctx.actor.organisationId) throw NotOneself('suspend')
      const moved = await tx.execute(sql`
      update gateway.organisation set state = ${to}, state_reason = ${reason} where id = ${id}::uuid and state = ${from} returning 1`)
      if (moved.length === 0) throw OrganisationStateUnfit(organisation.state, from)
      await writeAudit(tx, ctx.actor, {
        action: to === 'suspended' ? 'organisation.suspend' : 'organisation.reinstate',
        detail: { organisation: id }
      })
      return { status: 200, id, value: undefined }
    })
  )
}
