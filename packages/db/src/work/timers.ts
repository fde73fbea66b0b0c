import type { Actor } from '@siku/contracts'
import { sql } from 'drizzle-orm'
import type { Database } from '../connect.ts'

/** Takes the lease of a timer pass; false while another process holds it or it ran within the period. */
export async function takeTimer(
  db: Database,
  actor: Actor,
  timer: { name: string; periodMs: number; leaseMs: number }
): Promise<number | undefined> {
  return db.withTx(actor, async (tx) => {
    await tx.execute(sql`insert into work.timer (name) values (${timer.name}) on conflict do nothing`)
    const [row] = await tx.execute<{ fence: number }>(sql`
      update work.timer set lease_until = now() + ${timer.leaseMs} * interval '1 millisecond', fence = fence + 1
      where name = ${timer.name} and lease_until < now()
        and (last_success_at is null or last_success_at < now() - ${timer.periodMs} * interval '1 millisecond')
      returning fence`)
    return row?.fence
  })
}

/** Gives the lease back; a pass that failed is due again at once. */
export async function finishTimer(db: Database, actor: Actor, timer: { name: string; fence: number; error?: string }): Promise<void> {
  await db.withTx(actor, async (tx) => {
    await tx.execute(sql`
      update work.timer set lease_until = now(), last_error = ${timer.error ?? null}::text,
        last_success_at = case when ${timer.error ?? null}::text is null then now() else last_success_at end
      where name = ${timer.name} and fence = ${timer.fence}`)
  })
}
