import { pageLimitDefault } from '@siku/contracts'
import type { Tx } from '@siku/db'
import { NotFound, type Context } from '@siku/service-kit'
import { sql } from 'drizzle-orm'
import type { ListItem } from '../match/list-run.ts'
import { readCursor, writeCursor } from '../review/cursor.ts'
import { instant } from '../review/match-rows.ts'
import type { ListRun, RunsQuery } from './run-schemas.ts'

const columns = sql`r.id, r.library, r.record_id as "recordId", r.record_version as "recordVersion", r.thesaurus_edition as "thesaurusEdition",
  r.weights_version as "weightsVersion", r.threshold_millionths as "thresholdMillionths", r.cause, r.cut, r.added, r.changed, r.withdrawn,
  jsonb_array_length(r.items) as length, ${instant(sql`r.at`)} as at`

type Sides = { demandId: string; technologyId: string }

/** The two records of a match; a match that the reader may not see is absent. */
async function sidesOf(tx: Tx, matchId: string): Promise<Sides> {
  const [row] = await tx.execute<Sides>(
    sql`select demand_id as "demandId", technology_id as "technologyId" from matching.match where id = ${matchId}::uuid`
  )
  if (!row) throw NotFound()
  return row
}

const ofSides = ({ demandId, technologyId }: Sides) => sql`r.record_id in (${demandId}::uuid, ${technologyId}::uuid)`

/** The runs that changed the list of either record of a match, newest first. */
export async function listRuns(ctx: Context, id: string, query: RunsQuery): Promise<{ data: ListRun[]; next: string | null }> {
  const { cursor, limit = pageLimitDefault } = query
  const list = ['runs', id]
  const after = readCursor(list, 'string', cursor)
  const rows = await ctx.db.withRead(ctx.actor, async (tx) => {
    const sides = await sidesOf(tx, id)
    return tx.execute<ListRun & { key: string }>(sql`
      select ${columns}, to_char(r.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as key from matching.list_run r
      where ${ofSides(sides)} ${after ? sql`and (r.at, r.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
      order by r.at desc, r.id desc limit ${limit + 1}`)
  })
  const page = [...rows].slice(0, limit)
  const last = page.at(-1)
  return {
    data: page.map(({ key: _key, ...run }) => run),
    next: rows.length > limit && last ? writeCursor(list, [last.key, last.id]) : null
  }
}

/** A run of either record of a match with the list it left: the named one, or the newest. */
export async function getRun(tx: Tx, matchId: string, runId: string | undefined): Promise<ListRun & { items: ListItem[] }> {
  const sides = await sidesOf(tx, matchId)
  const [row] = await tx.execute<ListRun & { items: ListItem[] }>(sql`
    select ${columns}, r.items from matching.list_run r
    where ${ofSides(sides)} ${runId === undefined ? sql`` : sql`and r.id = ${runId}::uuid`}
    order by r.at desc, r.id desc limit 1`)
  if (!row) throw NotFound()
  return row
}
