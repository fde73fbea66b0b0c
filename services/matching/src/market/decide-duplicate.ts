import { writeAudit } from '@siku/db'
import { assertRevision, NotFound, once, type Context } from '@siku/service-kit'
import { sql } from 'drizzle-orm'
import { DuplicateDecided } from '../errors.ts'
import { matchingSchema } from '../migrations.ts'

export type DuplicateDecision = 'confirmed' | 'dismissed'
type Row = { state: string; revision: number }

/** One step of a person with its audit row in one transaction; what was decided may be decided the other way. */
export async function decideDuplicate(ctx: Context, id: string, { to, revision }: { to: DuplicateDecision; revision: number }) {
  const now = ctx.now().toISOString()
  return ctx.db.withTx(ctx.actor, (tx) =>
    once(ctx, tx, { schema: matchingSchema }, async () => {
      const [changed] = await tx.execute<{ id: string }>(sql`
        update matching.duplicate set state = ${to}, decided_by = ${ctx.actor.id}, decided_at = ${now}::timestamptz, revision = revision + 1
        where id = ${id}::uuid and revision = ${revision} and state <> ${to} returning id`)
      if (!changed) {
        const [row] = await tx.execute<Row>(sql`select state, revision from matching.duplicate where id = ${id}::uuid`)
        if (!row) throw NotFound()
        assertRevision(revision, row.revision)
        throw DuplicateDecided(row.state)
      }
      await writeAudit(tx, ctx.actor, { action: `duplicate.${to}`, recordId: id })
      return { status: 200, id, value: undefined }
    })
  )
}
