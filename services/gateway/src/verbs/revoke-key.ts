import { writeAudit } from '@siku/db'
import { NotFound } from '@siku/service-kit'
import { sql } from 'drizzle-orm'
import { instantIn, type AccountContext } from '../accounts/account-context.ts'
import { assertMay } from '../accounts/of-organisation.ts'
import { findKey } from './list-keys.ts'

/** Ends a key at once. Revoking it again changes nothing. */
export async function revokeKey(ctx: AccountContext, { id }: { id: string }): Promise<void> {
  await ctx.db.withTx(ctx.actor, async (tx) => {
    const key = await findKey(ctx, tx, id)
    if (!key) throw NotFound()
    assertMay(ctx.actor, 'key.revoke', key.organisationId)
    if (key.state === 'revoked') return
    await tx.execute(sql`update gateway.api_key set revoked_at = ${instantIn(ctx, 0)}::timestamptz where id = ${id}::uuid`)
    await writeAudit(tx, ctx.actor, { action: 'key.revoke', detail: { key: id } })
  })
}
