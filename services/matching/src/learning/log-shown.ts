import type { Context } from '@siku/service-kit'
import { sql } from 'drizzle-orm'
import type { Reader } from '../review/reader.ts'
import type { DemandShortlist } from '../review/schemas.ts'

/** Notes which lists were put before a reader, so that what was passed over can be told from what was never seen. No person is named. */
export async function logShown(ctx: Context, { view }: Reader, lists: readonly DemandShortlist[]): Promise<void> {
  if (lists.length === 0) return
  const rows = lists.map(({ demand, shortlist }) => ({ demand_id: demand.id, matches: shortlist.map(({ id }) => id) }))
  await ctx.db.withTx(ctx.actor, (tx) =>
    tx.execute(sql`
      insert into matching.shown (at, view, demand_id, thesaurus_edition, weights_version, matches)
      select ${ctx.now().toISOString()}::timestamptz, ${view}, r.demand_id, m.thesaurus_edition, m.weights_version, r.matches
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (demand_id uuid, matches uuid[])
      join matching.match m on m.id = r.matches[1]`)
  )
}
