import type { Tx } from '@siku/db'
import { sql } from 'drizzle-orm'
import { applyCaps, type Cap, type Cappable, type Capped } from './apply-caps.ts'
import { readClusters } from './clusters.ts'

/**
 * The lists of these demands as they are shown, capped lines last. Reads what the actor of the transaction may see; `besides` is a match
 * that counts although it has just been rejected.
 */
export async function readShownLists(tx: Tx, demandIds: readonly string[], besides?: string): Promise<Map<string, Capped<Cappable>[]>> {
  if (demandIds.length === 0) return new Map()
  const rows = await tx.execute<Cappable & { demandId: string }>(sql`
    with asked as (select (jsonb_array_elements_text(${JSON.stringify(demandIds)}::jsonb))::uuid as id), lines as (
      select m.id, m.demand_id, m.technology_id, m.score_millionths, m.technology_owner_key from matching.match m
      where m.demand_id in (select id from asked) and (m.state not in ('withdrawn', 'rejected') or m.id = ${besides ?? null}::uuid)
    )
    select m.id, m.demand_id as "demandId", m.technology_id as "technologyId", m.score_millionths as "scoreMillionths",
      m.technology_owner_key as "organisationKey", 1 + (
        select count(*)::int from matching.match o where o.technology_id = m.technology_id and o.state not in ('withdrawn', 'rejected')
          and (o.score_millionths > m.score_millionths or (o.score_millionths = m.score_millionths and o.demand_id < m.demand_id))
      ) as "placeAtTechnology"
    from lines m`)
  const clusters = await readClusters(tx, [...new Set([...rows].map(({ technologyId }) => technologyId))])
  const lists = new Map<string, Cappable[]>()
  for (const { demandId, ...line } of rows) lists.set(demandId, [...(lists.get(demandId) ?? []), line])
  return new Map([...lists].map(([demandId, lines]) => [demandId, applyCaps(lines, clusters)]))
}

/** The cap of every match of these demands. */
export async function readCaps(tx: Tx, demandIds: readonly string[]): Promise<Map<string, Cap | null>> {
  const lists = await readShownLists(tx, [...new Set(demandIds)])
  return new Map([...lists.values()].flat().map(({ id, cap }) => [id, cap]))
}
