import { writeAudit, type Tx } from '@siku/db'
import { once, type OnceResult } from '@siku/service-kit'
import { sql } from 'drizzle-orm'
import { instantIn, type AccountContext } from '../accounts/account-context.ts'
import type { AccountRow } from '../accounts/account-rows.ts'
import { assertBelow, getAccountFor } from '../accounts/of-organisation.ts'
import { AccountDisabled, NotOneself } from '../errors.ts'
import { gatewaySchema } from '../migrations.ts'
import { revokeSessions } from '../sessions/session-store.ts'

/** Ends an account: its sessions and the keys it made are revoked, its records stay with the organisation. */
export async function disableUser(ctx: AccountContext, { id }: { id: string }): Promise<OnceResult<undefined>> {
  return ctx.db.withTx(ctx.actor, (tx) =>
    once(ctx, tx, { schema: gatewaySchema }, async () => {
      const account = await getAccountFor(tx, ctx.actor, { action: 'user.disable', id })
      if (account.id === ctx.actor.id) throw NotOneself('disable')
      await assertBelow(tx, ctx.actor, account)
      await endAccount(ctx, tx, account)
      await writeAudit(tx, ctx.actor, { action: 'user.disable', detail: { user: id } })
      return { status: 200, id, value: undefined }
    })
  )
}

/** What an account could do ends here; a key its maker has seen is no longer secret to the organisation. */
export async function endAccount(ctx: AccountContext, tx: Tx, account: AccountRow, successorId: string | null = null): Promise<void> {
  const now = instantIn(ctx, 0)
  const ended = await tx.execute(sql`
    update gateway.account set state = 'disabled', disabled_at = ${now}::timestamptz, successor_id = ${successorId}::uuid
    where id = ${account.id}::uuid and state = 'active' returning 1`)
  if (ended.length === 0) throw AccountDisabled()
  await revokeSessions(ctx, tx, { accountId: account.id })
  await tx.execute(
    sql`update gateway.api_key set revoked_at = ${now}::timestamptz where created_by = ${account.id}::uuid and revoked_at is null`
  )
}
