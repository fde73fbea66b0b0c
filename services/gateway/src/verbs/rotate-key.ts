import { writeAudit } from '@siku/db'
import { NotFound, once, type OnceResult } from '@siku/service-kit'
import type { AccountContext } from '../accounts/account-context.ts'
import { assertScopes, keyRolesFor } from '../accounts/key-rights.ts'
import { assertMay } from '../accounts/of-organisation.ts'
import { KeyNotActive } from '../errors.ts'
import { gatewaySchema } from '../migrations.ts'
import { insertKey, type IssuedKey } from './create-key.ts'
import { findKey } from './list-keys.ts'

/** A second key beside the first, with the same scopes; both work until the first is revoked. */
export async function rotateKey(ctx: AccountContext, { id, validDays }: { id: string; validDays: number }): Promise<OnceResult<IssuedKey>> {
  return ctx.db.withTx(ctx.actor, (tx) =>
    once(ctx, tx, { schema: gatewaySchema, onRepeat: 'refuse' }, async () => {
      const old = await findKey(ctx, tx, id)
      if (!old) throw NotFound()
      assertMay(ctx.actor, 'key.write', old.organisationId)
      if (old.state !== 'active') throw KeyNotActive()
      assertScopes(ctx.actor, old.scopes)
      const issued = await insertKey(ctx, tx, { ...old, validDays, roles: keyRolesFor(ctx.actor) })
      await writeAudit(tx, ctx.actor, { action: 'key.rotate', detail: { key: id, successor: issued.id } })
      return { status: 201, id: issued.id, value: issued }
    })
  )
}
