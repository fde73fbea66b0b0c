import { pageLimitDefault, type Language } from '@siku/contracts'
import type { Context } from '@siku/service-kit'
import { sql, type SQL } from 'drizzle-orm'
import { readCursor, writeCursor } from '../review/cursor.ts'
import { ageDays, lineOf } from '../review/match-rows.ts'
import type { DemandGap, DemandGapsQuery, GapSummary, TechnologyGap, TechnologyGapsQuery } from './gap-schemas.ts'

const dayMs = 86_400_000

/** Open records of a library that the reader may see; what nobody may answer any more is no gap. */
const openIn = (library: 'cooperation-demand' | 'technology-reserve', now: Date): SQL => sql`d.library = ${library} and not d.tombstone
  and d.state = 'published' and d.open_for_interest and d.position is not null
  and (d.valid_until is null or d.valid_until > ${now.toISOString()}::timestamptz)`

const unanswered = sql`not exists (select from matching.match m where m.demand_id = d.id and m.state not in ('withdrawn', 'rejected'))`
const neverMatched = sql`not exists (select from matching.match m where m.technology_id = d.id)`
const since = sql`coalesce(d.published_at, d.changed_at)`
const sinceText = sql`to_char(${since} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
const withoutTechnology = sql`coalesce(d.text ->> 'seeks' in ('park', 'investment'), false)`

type Row = { id: string; line: DemandGap['demand']; since: string; withoutTechnology: boolean }
type Asked = { language: Language; query: DemandGapsQuery & TechnologyGapsQuery; where: SQL; name: string }

/** Demands without supply: a result too, for those who look for suppliers and for those who plan. */
export async function listDemandGaps(ctx: Context, language: Language, query: DemandGapsQuery) {
  const where = sql`${openIn('cooperation-demand', ctx.now())} and ${unanswered}`
  const { rows, next } = await readGaps(ctx, { language, query, where, name: 'demand-gaps' })
  const data = rows.map(({ line, since: from, withoutTechnology: isOther }): DemandGap => ({
    demand: line,
    reason: isOther ? 'no-technology-sought' : 'nothing-fits',
    ageDays: ageDays(from, ctx.now())
  }))
  return { data, next }
}

export async function listTechnologyGaps(ctx: Context, language: Language, query: TechnologyGapsQuery) {
  const where = sql`${openIn('technology-reserve', ctx.now())} and d.control_state not in ('prohibited', 'secret') and ${neverMatched}`
  const { rows, next } = await readGaps(ctx, { language, query, where, name: 'technology-gaps' })
  return { data: rows.map(({ line, since: from }): TechnologyGap => ({ technology: line, ageDays: ageDays(from, ctx.now()) })), next }
}

async function readGaps(ctx: Context, { language, query, where, name }: Asked): Promise<{ rows: Row[]; next: string | null }> {
  const { cursor, limit = pageLimitDefault, lang: _lang, country, field, minAgeDays } = query
  const list = [name, country, field, minAgeDays]
  const after = readCursor(list, 'string', cursor)
  const rows = await ctx.db.withRead(ctx.actor, (tx) =>
    tx.execute<Row>(sql`
      select d.id, ${lineOf('d', language)} as line, ${sinceText} as since, ${withoutTechnology} as "withoutTechnology"
      from published.document d
      where ${where} ${country ? sql`and d.country = ${country}` : sql``} ${field ? sql`and d.text -> 'sectors' ? ${field}` : sql``}
        ${minAgeDays === undefined ? sql`` : sql`and ${since} <= ${new Date(ctx.now().getTime() - minAgeDays * dayMs).toISOString()}::timestamptz`}
        ${after ? sql`and (${since}, d.id) > (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
      order by ${since}, d.id limit ${limit + 1}`)
  )
  const page = [...rows].slice(0, limit)
  const last = page.at(-1)
  return { rows: page, next: rows.length > limit && last ? writeCursor(list, [last.since, last.id]) : null }
}

type Line = { country: string | null; field: string | null; count: number; oldest: string }

/** A demand of several fields counts in each of them. */
export async function summariseGaps(ctx: Context): Promise<GapSummary> {
  const rows = await ctx.db.withRead(ctx.actor, (tx) =>
    tx.execute<Line>(sql`
      select d.country, f.field, count(*)::int as count, min(${sinceText}) as oldest
      from published.document d left join lateral jsonb_array_elements_text(d.text -> 'sectors') as f (field) on true
      where ${openIn('cooperation-demand', ctx.now())} and ${unanswered}
      group by d.country, f.field order by count desc, d.country nulls last, f.field nulls last`)
  )
  return { data: [...rows].map(({ oldest, ...line }) => ({ ...line, oldestDays: ageDays(oldest, ctx.now()) })) }
}
