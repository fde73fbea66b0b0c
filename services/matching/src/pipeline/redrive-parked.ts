import type { WorkKind } from '@siku/contracts'
import { redriveWork, writeAudit } from '@siku/db'
import { once, type Context } from '@siku/service-kit'
import { sql } from 'drizzle-orm'
import { matchingSchema } from '../migrations.ts'

/** Un-parks work, audited; a repeat under the same Idempotency-Key redrives nothing and tells what is parked now. */
export async function redriveParked(ctx: Context, { kind, recordIds }: { kind: WorkKind; recordIds?: string[] }) {
  return ctx.db.withTx(ctx.actor, async (tx) => {
    const { value: redriven = 0 } = await once<number>(ctx, tx, { schema: matchingSchema }, async () => {
      const count = await redriveWork(tx, kind, recordIds)
      await writeAudit(tx, ctx.actor, { action: 'pipeline.redrive', detail: { kind, count } })
      return { status: 200, id: kind, value: count }
    })
    const [row] = await tx.execute<{ parked: number }>(
      sql`select count(*)::int as parked from work.item where kind = ${kind} and state = 'parked'`
    )
    return { kind, redriven, stillParked: row?.parked ?? 0 }
  })
}
