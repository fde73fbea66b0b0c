import { pageLimitDefault } from '@siku/contracts'
import type { Context } from '@siku/service-kit'
import { sql } from 'drizzle-orm'
import { readCaps } from '../market/read-caps.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { afterPlace, listOrder } from './list-order.ts'
import { matchCondition, strengthOf } from './match-filter.ts'
import { matchColumns, matchSource, toSummary, type MatchRow } from './match-rows.ts'
import { priorityColumn, priorityOf, type PriorityRules } from './priority-rules.ts'
import type { Reader } from './reader.ts'
import type { ListQuery, MatchSummary } from './schemas.ts'

const since = sql`m.proposed_at`
const points = sql`p.points`
type Asked = { query: ListQuery; priorities?: PriorityRules | undefined }

/** A page of matches, strongest, longest waiting or what the plan puts first; both records are read under the reader. */
export async function listMatches(
  ctx: Context,
  reader: Reader,
  { query, priorities }: Asked
): Promise<{ data: MatchSummary[]; next: string | null }> {
  const { cursor, limit = pageLimitDefault, lang: _lang, sort = 'strength', ...filter } = query
  const order = listOrder(sort, reader, { columns: { strength: strengthOf(reader), since, points }, rules: priorities })
  const { rules } = order
  const list = ['matches', reader.view, sort, filter, rules?.edition]
  const after = readCursor(list, order.kind, cursor)
  const now = ctx.now()

  const { rows, caps } = await ctx.db.withRead(ctx.actor, async (tx) => {
    const found = await tx.execute<MatchRow & { key: number | string }>(sql`
      select ${matchColumns(reader.language)}, ${order.shown} as key ${rules ? sql`, ${priorityColumn} as priority` : sql``}
      from ${matchSource} ${rules ? sql`cross join lateral ${priorityOf(rules, sql`m.country`)} p` : sql``}
      where ${matchCondition(filter, reader, now)} ${after ? sql`and ${afterPlace(order, after, sql`m.id`)}` : sql``}
      order by ${order.by} ${order.direction}, m.id limit ${limit + 1}`)
    const demandIds = reader.view === 'staff' ? [...found].map(({ demand }) => demand.id) : []
    return { rows: found, caps: await readCaps(tx, demandIds) }
  })
  const page = [...rows].slice(0, limit)
  const last = page.at(-1)
  return {
    data: page.map((row) => toSummary(row, reader, { now, cap: caps.get(row.id), rules })),
    next: rows.length > limit && last ? writeCursor(list, [last.key, last.id]) : null
  }
}
