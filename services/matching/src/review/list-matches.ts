import { pageLimitDefault } from '@siku/contracts'
import type { Context } from '@siku/service-kit'
import { sql } from 'drizzle-orm'
import { readCaps } from '../market/read-caps.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { matchCondition, strengthOf } from './match-filter.ts'
import { matchColumns, matchSource, toSummary, type MatchRow } from './match-rows.ts'
import type { Reader } from './reader.ts'
import type { ListQuery, MatchSummary } from './schemas.ts'

/** A page of matches, strongest or longest waiting first; both records are read under the reader. */
export async function listMatches(ctx: Context, reader: Reader, query: ListQuery): Promise<{ data: MatchSummary[]; next: string | null }> {
  const { cursor, limit = pageLimitDefault, lang: _lang, sort = 'strength', ...filter } = query
  const list = ['matches', reader.view, sort, filter]
  const isStrength = sort === 'strength'
  const after = readCursor(list, isStrength ? 'number' : 'string', cursor)
  const now = ctx.now()
  const key = isStrength ? strengthOf(reader) : sql`m.proposed_at`
  const shownKey = isStrength ? key : sql`to_char(m.proposed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`

  const { rows, caps } = await ctx.db.withRead(ctx.actor, async (tx) => {
    const found = await tx.execute<MatchRow & { key: number | string }>(sql`
      select ${matchColumns(reader.language)}, ${shownKey} as key from ${matchSource}
      where ${matchCondition(filter, reader, now)} ${after ? afterKey(key, isStrength, after) : sql``}
      order by ${key} ${isStrength ? sql`desc` : sql`asc`}, m.id limit ${limit + 1}`)
    const demandIds = reader.view === 'staff' ? [...found].map(({ demand }) => demand.id) : []
    return { rows: found, caps: await readCaps(tx, demandIds) }
  })
  const page = [...rows].slice(0, limit)
  const last = page.at(-1)
  return {
    data: page.map((row) => toSummary(row, reader, { now, cap: caps.get(row.id) })),
    next: rows.length > limit && last ? writeCursor(list, [last.key, last.id]) : null
  }
}

function afterKey(key: ReturnType<typeof sql>, isStrength: boolean, [at, id]: readonly [number | string, string]) {
  if (isStrength) return sql`and (${key} < ${at}::int or (${key} = ${at}::int and m.id > ${id}::uuid))`
  return sql`and (${key}, m.id) > (${at}::timestamptz, ${id}::uuid)`
}
