import type { Actor, LibraryName, WorkKind } from '@siku/contracts'
import type { Database } from '../connect.ts'
import { statement } from '../statements.ts'

export type Hint = { kind: WorkKind; library: LibraryName; recordId: string }

const take = statement<Hint>(`
  with fresh as (
    select kind, record_id, row_number() over (partition by kind, library order by lane, next_attempt_at) as turn
    from work.item where state = 'open' and done < wanted and hinted_at is null and next_attempt_at <= now()
  ), taken as (
    select i.kind, i.record_id from work.item i join fresh using (kind, record_id)
    order by fresh.turn limit $1 for update of i skip locked
  )
  update work.item i set hinted_at = now() from taken where i.kind = taken.kind and i.record_id = taken.record_id
  returning i.kind, i.library, i.record_id as "recordId"`)

/**
 * Takes due rows that nobody was told of, spread over libraries so that one large import does not silence the others.
 * A hint lost after this is made good by the workers' own polling.
 */
export async function takeHints(db: Database, actor: Actor, limit: number): Promise<Hint[]> {
  return db.withTx(actor, async (tx) => [...(await take(tx, limit))])
}
