import { serviceActor } from '@siku/contracts'
import { writeAudit } from '@siku/db'
import { sql } from 'drizzle-orm'
import { shanghaiDay } from '../shanghai-day.ts'
import type { MatchContext } from './match-record.ts'

const actor = serviceActor('service:clock', 'wake-deferred')

/** Matches that were put off until today are proposals again. */
export async function wakeDeferred({ db, now, newId }: Pick<MatchContext, 'db' | 'now' | 'newId'>): Promise<number> {
  const at = now()
  return db.withTx(actor, async (tx) => {
    const woken = await tx.execute<{ id: string; score: number }>(sql`
      update matching.match
      set state = 'proposed', deferred_until = null, revision = revision + 1, updated_at = ${at.toISOString()}::timestamptz
      where state = 'deferred' and deferred_until <= ${shanghaiDay(at)}::date returning id, score_millionths as score`)
    for (const { id, score } of woken) {
      await tx.execute(sql`
        insert into matching.decision (id, match_id, event, from_state, to_state, actor_id, at, score_millionths, shown)
        values (${newId()}::uuid, ${id}::uuid, 'due', 'deferred', 'proposed', ${actor.id}, ${at.toISOString()}::timestamptz, ${score},
          '[]')`)
      await writeAudit(tx, actor, { action: 'match.due', recordId: id })
    }
    return woken.length
  })
}
