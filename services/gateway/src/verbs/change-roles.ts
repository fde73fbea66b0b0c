import type { Role } from '@siku/contracts'
import { writeAudit } from '@siku/db'
import { once, type OnceResult } from '@siku/service-kit'
import { sql } from 'drizzle-orm'
import type { AccountContext } from '../accounts/account-context.ts'
import { textArray } from '../accounts/account-rows.ts'
import { assertBelow, getAccountFor } from '../accounts/of-organisation.ts'
import { AccountDisabled, NotOneself } from '../errors.ts'
import { gatewaySchema } from '../migrations.ts'
import { revokeSessions } from '../sessions/session-store.ts'

/** Gives a person other roles. What is taken away must be the giver's to give as well; sessions end, so that staff meet their authenticator. */
export async function changeRoles(ctx: AccountContext, { id, roles }: { id: string; roles: Role[] }): Promise<OnceResult<undefined>> {
  return ctx.db.withTx(ctx.actor, (tx) =>
    once(ctx, tx, { schema: gatewaySchema }, async () => {
      const account = await getAccountFor(tx, ctx.actor, { action: 'user.edit', id })
      if (account.id === ctx.actor.id) throw NotOneself('change the roles of')
      if (account.state === 'disabled') throw AccountDisabled()
      await assertBelow(tx, ctx.actor, { ...account, roles: [...roles, ...account.roles] })
      await tx.execute(sql`update gateway.account set roles = ${textArray(roles)} where id = ${id}::uuid`)
      await revokeSessions(ctx, tx, { accountId: id })
      await writeAudit(tx, ctx.actor, { action: 'user.roles', detail: { user: id, roles } })
      return { status: 200, id, value: undefined }
    })
  )
}
