import { writeAudit } from '@siku/db'
import { once, type OnceResult } from '@siku/service-kit'
import type { AccountContext } from '../accounts/account-context.ts'
import { findAccount } from '../accounts/account-rows.ts'
import { assertBelow, getAccountFor } from '../accounts/of-organisation.ts'
import { SuccessorUnfit } from '../errors.ts'
import { gatewaySchema } from '../migrations.ts'
import { endAccount } from './disable-user.ts'

/**
 * An officer leaves and another follows. Needs belong to the mission, so nothing is moved: the one's access ends, and the account names
 * who answers from now on. Officers may hand over their own desk.
 */
export async function handOver(
  ctx: AccountContext,
  { id, successorId }: { id: string; successorId: string }
): Promise<OnceResult<undefined>> {
  return ctx.db.withTx(ctx.actor, (tx) =>
    once(ctx, tx, { schema: gatewaySchema }, async () => {
      const account = await getAccountFor(tx, ctx.actor, { action: 'user.handover', id })
      if (account.id !== ctx.actor.id) await assertBelow(tx, ctx.actor, account)
      const successor = await findAccount(tx, successorId)
      const fits = successor?.state === 'active' && successor.organisationId === account.organisationId && successor.id !== account.id
      if (!fits) throw SuccessorUnfit()
      await endAccount(ctx, tx, account, successorId)
      await writeAudit(tx, ctx.actor, { action: 'user.handover', detail: { user: id, successor: successorId } })
      return { status: 200, id, value: undefined }
    })
  )
}
