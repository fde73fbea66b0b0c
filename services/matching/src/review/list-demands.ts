import { pageLimitDefault } from '@siku/contracts'
import type { Tx } from '@siku/db'
import type { Context } from '@siku/service-kit'
import { sql, type SQL } from 'drizzle-orm'
import type { Cap } from '../market/apply-caps.ts'
import { readShownLists } from '../market/read-caps.ts'
import { readCursor, writeCursor, type CursorKey } from './cursor.ts'
import { afterPlace, listOrder, type ListOrder } from './list-order.ts'
import { matchCondition, strengthOf } from './match-filter.ts'
import { ageDays, instant, matchColumns, matchSource, toSummary, type MatchRow } from './match-rows.ts'
import { priorityColumn, priorityOf, toPriority, type PriorityRow, type PriorityRules } from './priority-rules.ts'
import type { Reader } from './reader.ts'
import type { DemandShortlist, DemandsQuery } from './schemas.ts'

const shortlistMax = 5
type Group = { id: string; count: number; oldest: string; key: number | string; priority?: PriorityRow }
type Asked = { query: DemandsQuery; priorities?: PriorityRules | undefined }
const columns = { strength: sql`w.strength`, since: sql`w.since`, points: sql`p.points` }

/** The queue of the desk: each demand with what fits it best; strongest, longest waiting, or what the plan puts first. */
export async function listDemands(
  ctx: Context,
  reader: Reader,
  { query, priorities }: Asked
): Promise<{ data: DemandShortlist[]; next: string | null }> {
  const { cursor, limit = pageLimitDefault, lang: _lang, sort = 'strength', ...filter } = query
  const order = listOrder(sort, reader, { columns, rules: priorities })
  const { rules } = order
  const list = ['demands', reader.view, sort, filter, rules?.edition]
  const after = readCursor(list, order.kind, cursor)
  const now = ctx.now()
  const condition = matchCondition(filter, reader, now)

  return ctx.db.withRead(ctx.actor, async (tx) => {
    const groups = await readGroups(tx, { reader, condition, order, after, limit: limit + 1 })
    const page = groups.slice(0, limit)
    const last = page.at(-1)
    const ids = page.map(({ id }) => id)
    const shown = await readShownLists(tx, ids)
    const shortlists = await shortlistsOf(tx, { reader, condition, ids, shown })
    const caps = new Map([...shown.values()].flat().map(({ id, cap }) => [id, cap]))
    return {
      data: page.flatMap((group) => toShortlist(group, shortlists.get(group.id) ?? [], { reader, now, caps, rules })),
      next: groups.length > limit && last ? writeCursor(list, [last.key, last.id]) : null
    }
  })
}

type Grouping = { reader: Reader; condition: SQL; order: ListOrder; after: CursorKey | undefined; limit: number }

/** Demands with something that waits, in the order asked for. */
async function readGroups(tx: Tx, { reader, condition, order, after, limit }: Grouping): Promise<Group[]> {
  const { rules } = order
  const ranked = rules && sql`join published.document d on d.id = w.id cross join lateral ${priorityOf(rules, sql`w.country`)} p`
  return [
    ...(await tx.execute<Group>(sql`
      with waiting as (
        select m.demand_id as id, count(*)::int as count, max(${strengthOf(reader)}) as strength, min(m.proposed_at) as since,
          max(m.country) as country
        from ${matchSource} where ${condition} group by m.demand_id
      )
      select w.id, w.count, ${instant(columns.since)} as oldest, ${order.shown} as key ${rules ? sql`, ${priorityColumn} as priority` : sql``}
      from waiting w ${ranked ?? sql``} ${after ? sql`where ${afterPlace(order, after, sql`w.id`)}` : sql``}
      order by ${order.by} ${order.direction}, w.id limit ${limit}`))
  ]
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

type Showing = { reader: Reader; now: Date; caps: ReadonlyMap<string, Cap | null>; rules: PriorityRules | undefined }

function toShortlist(
  { count, oldest, priority }: Group,
  rows: readonly MatchRow[],
  { reader, now, caps, rules }: Showing
): DemandShortlist[] {
  const [best] = [...rows].sort((a, b) => b.scoreMillionths - a.scoreMillionths)
  if (!best) return []
  return [
    {
      demand: best.demand,
      priority: priority && rules ? toPriority(priority, rules, reader.language) : null,
      count,
      bestBand: best.band,
      oldestProposedAt: oldest,
      ageDays: ageDays(oldest, now),
      shortlist: rows.map((row) => toSummary(row, reader, { now, cap: caps.get(row.id) }))
    }
  ]
}
