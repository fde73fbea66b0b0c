import { pageLimitDefault } from '@siku/contracts'
import type { Tx } from '@siku/db'
import type { Context } from '@siku/service-kit'
import { sql, type SQL } from 'drizzle-orm'
import type { Cap } from '../market/apply-caps.ts'
import { readShownLists } from '../market/read-caps.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { matchCondition, strengthOf } from './match-filter.ts'
import { ageDays, instant, matchColumns, matchSource, toSummary, type MatchRow } from './match-rows.ts'
import type { Reader } from './reader.ts'
import type { DemandShortlist, DemandsQuery } from './schemas.ts'

const shortlistMax = 5
type Group = { id: string; count: number; oldest: string; key: number | string }

/** The queue of the desk: each demand with what fits it best, strongest or longest waiting demand first. */
export async function listDemands(
  ctx: Context,
  reader: Reader,
  query: DemandsQuery
): Promise<{ data: DemandShortlist[]; next: string | null }> {
  const { cursor, limit = pageLimitDefault, lang: _lang, sort = 'strength', ...filter } = query
  const list = ['demands', reader.view, sort, filter]
  const after = readCursor(list, sort === 'strength' ? 'number' : 'string', cursor)
  const now = ctx.now()
  const condition = matchCondition(filter, reader, now)

  return ctx.db.withRead(ctx.actor, async (tx) => {
    const groups = await tx.execute<Group>(sql`
      with waiting as (
        select m.demand_id as id, count(*)::int as count, max(${strengthOf(reader)}) as strength, min(m.proposed_at) as since
        from ${matchSource} where ${condition} group by m.demand_id
      )
      select id, count, ${instant(sql`since`)} as oldest,
        ${sort === 'strength' ? sql`strength` : sql`to_char(since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`} as key
      from waiting ${pageOf(sort, after)} limit ${limit + 1}`)
    const page = [...groups].slice(0, limit)
    const last = page.at(-1)
    const ids = page.map(({ id }) => id)
    const shown = await readShownLists(tx, ids)
    const shortlists = await shortlistsOf(tx, { reader, condition, ids, shown })
    const caps = new Map([...shown.values()].flat().map(({ id, cap }) => [id, cap]))
    return {
      data: page.flatMap((group) => toShortlist(group, shortlists.get(group.id) ?? [], { reader, now, caps })),
      next: groups.length > limit && last ? writeCursor(list, [last.key, last.id]) : null
    }
  })
}

function pageOf(sort: 'strength' | 'age', after: readonly [number | string, string] | undefined): SQL {
  const order = sort === 'strength' ? sql`order by strength desc, id` : sql`order by since, id`
  if (!after) return order
  const [at, id] = after
  const where =
    sort === 'strength'
      ? sql`where strength < ${at}::int or (strength = ${at}::int and id > ${id}::uuid)`
      : sql`where (since, id) > (${at}::timestamptz, ${id}::uuid)`
  return sql`${where} ${order}`
}

type Listing = { reader: Reader; condition: SQL; ids: readonly string[]; shown: ReadonlyMap<string, readonly { id: string }[]> }

/** The first five of each list as it is shown: capped lines come behind. */
async function shortlistsOf(tx: Tx, { reader, condition, ids, shown }: Listing) {
  const lists = new Map<string, MatchRow[]>()
  if (ids.length === 0) return lists
  const places = [...shown.values()].flatMap((list) => list.map(({ id }, place) => ({ id, place })))
  const rows = await tx.execute<MatchRow>(sql`
    select ${matchColumns(reader.language)} from (
      select m.*, row_number() over (partition by m.demand_id order by s.place nulls last, m.score_millionths desc, m.id) as place
      from ${matchSource} left join jsonb_to_recordset(${JSON.stringify(places)}::jsonb) as s (id uuid, place int) on s.id = m.id
      where m.demand_id in (select (jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))::uuid) and ${condition}
    ) m join published.document d on d.id = m.demand_id join published.document t on t.id = m.technology_id
    where m.place <= ${shortlistMax} order by m.demand_id, m.place`)
  for (const row of rows) lists.set(row.demand.id, [...(lists.get(row.demand.id) ?? []), row])
  return lists
}

type Showing = { reader: Reader; now: Date; caps: ReadonlyMap<string, Cap | null> }

function toShortlist({ count, oldest }: Group, rows: readonly MatchRow[], { reader, now, caps }: Showing): DemandShortlist[] {
  const [best] = [...rows].sort((a, b) => b.scoreMillionths - a.scoreMillionths)
  if (!best) return []
  return [
    {
      demand: best.demand,
      count,
      bestBand: best.band,
      oldestProposedAt: oldest,
      ageDays: ageDays(oldest, now),
      shortlist: rows.map((row) => toSummary(row, reader, { now, cap: caps.get(row.id) }))
    }
  ]
}
