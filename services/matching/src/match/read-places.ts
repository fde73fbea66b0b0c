import type { Tx } from '@siku/db'
import { sql, type SQL } from 'drizzle-orm'
import { placesMax, type Placed } from './best-lists.ts'

/** Only pairs that nobody has decided take a place. */
const takesPlace = sql.raw(`('proposed', 'in-review', 'deferred')`)

export type LastPlace = { id: string; scoreMillionths: number; counterpartId: string }

/**
 * Who holds the last place in the lists of these records, without the pair with `besideId`. A list that is not full has no such row:
 * everything gets a place in it.
 */
export async function lastPlaces(tx: Tx, ids: readonly string[], besideId: string): Promise<Map<string, LastPlace>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.execute<LastPlace>(sql`
    select asked.id, last.score as "scoreMillionths", last.other as "counterpartId"
    from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) asked (id)
    cross join lateral (
      select m.score_millionths as score, case when m.demand_id = asked.id::uuid then m.technology_id else m.demand_id end as other
      from matching.match m
      where (m.demand_id = asked.id::uuid or m.technology_id = asked.id::uuid) and m.state in ${takesPlace}
        and ${besideId}::uuid not in (m.demand_id, m.technology_id)
      order by 1 desc, 2 offset ${placesMax - 1} limit 1) last`)
  return new Map([...rows].map((row) => [row.id, row]))
}

/** Of these records, those with at least so many pairs in their list. */
export async function fullLists(tx: Tx, ids: readonly string[], pairsMin: number = placesMax): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await tx.execute<{ id: string }>(sql`
    select asked.id from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) asked (id)
    where (select count(*) from matching.match m
      where (m.demand_id = asked.id::uuid or m.technology_id = asked.id::uuid) and m.state in ${takesPlace}) >= ${pairsMin}`)
  return new Set([...rows].map(({ id }) => id))
}

export type Displaced = Placed & { id: string }

/** Pairs of these records that hold no place any more, in the list of neither side. Looks only where a list is more than full. */
export async function displacedPairs(tx: Tx, ids: readonly string[]): Promise<Displaced[]> {
  if (ids.length === 0) return []
  const rows = await tx.execute<Displaced>(sql`
    with crowded as (
      select asked.id::uuid as id from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) asked (id)
      where (select count(*) from matching.match m
        where (m.demand_id = asked.id::uuid or m.technology_id = asked.id::uuid) and m.state in ${takesPlace}) > ${placesMax}
    ), ranked as (
      select m.id, m.demand_id, m.technology_id, m.score_millionths, c.id as list, row_number() over (
        partition by c.id order by m.score_millionths desc, case when m.demand_id = c.id then m.technology_id else m.demand_id end) as place
      from crowded c join matching.match m on (m.demand_id = c.id or m.technology_id = c.id) and m.state in ${takesPlace}
    )
    select distinct m.id, m.demand_id as "demandId", m.technology_id as "technologyId", m.score_millionths as "scoreMillionths" from ranked m
    where m.place > ${placesMax} and case when m.list = m.demand_id
      then ${hasNoPlaceIn('technology_id', 'demand_id')} else ${hasNoPlaceIn('demand_id', 'technology_id')} end`)
  return [...rows]
}

/** Whether so many stronger pairs stand in the list that it is full without this one; counting stops there. */
const hasNoPlaceIn = (list: string, other: string): SQL =>
  sql.raw(`exists (
  select from matching.match o where o.${list} = m.${list} and o.state in ('proposed', 'in-review', 'deferred')
    and (o.score_millionths > m.score_millionths or (o.score_millionths = m.score_millionths and o.${other} < m.${other}))
  offset ${placesMax - 1} limit 1)`)
