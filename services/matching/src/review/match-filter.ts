import type { MatchState } from '@siku/contracts'
import { sql, type SQL } from 'drizzle-orm'
import type { ListQuery } from './schemas.ts'
import type { Reader } from './reader.ts'

export type MatchFilter = Omit<ListQuery, 'cursor' | 'limit' | 'lang' | 'sort'>

const awaiting: readonly MatchState[] = ['proposed', 'in-review']
const unreviewed: readonly MatchState[] = ['proposed', 'in-review', 'deferred']

/** The filters as one condition over `matching.match m` and its two documents `d` and `t`. */
export function matchCondition(filter: MatchFilter, reader: Reader, now: Date): SQL {
  const parts: (SQL | '' | undefined)[] = [
    sql`m.state in (select jsonb_array_elements_text(${JSON.stringify(statesOf(filter, reader))}::jsonb))`,
    filter.demand && sql`m.demand_id = ${filter.demand}::uuid`,
    filter.technology && sql`m.technology_id = ${filter.technology}::uuid`,
    filter.country && sql`m.country = ${filter.country}`,
    filter.band && sql`m.band = ${filter.band}`,
    filter.sector && sql`(d.text -> 'sectors' ? ${filter.sector} or t.text -> 'sectors' ? ${filter.sector})`,
    filter.minAgeDays === undefined
      ? undefined
      : sql`m.proposed_at <= ${now.toISOString()}::timestamptz - ${filter.minAgeDays} * interval '1 day'`,
    filter.flagged && flagCondition(filter.flagged, reader),
    reader.view === 'owner' ? sql`m.technology_owner_key = ${reader.actor.organisationKey ?? ''}` : undefined
  ]
  return sql.join(
    parts.filter((part): part is SQL => Boolean(part)),
    sql` and `
  )
}

/** What staff do with a match before they approve is not told to the owner, so its three open states are one to a filter. */
function statesOf({ state }: MatchFilter, { view }: Reader): readonly MatchState[] {
  if (view === 'staff') return state ?? awaiting
  const asked = state ?? [...unreviewed, 'approved']
  return [
    ...(asked.some((one) => unreviewed.includes(one)) ? unreviewed : []),
    ...(asked.includes('approved') ? (['approved'] as const) : [])
  ]
}

function flagCondition(flag: NonNullable<MatchFilter['flagged']>, { view }: Reader): SQL {
  if (view === 'owner') return sql`m.uncleared`
  return flag === 'any' ? sql`(m.uncleared or m.changed or m.renewed or m.closed)` : sql`m.${sql.identifier(flag)}`
}

/** Order of a list and what its cursor holds; for owners strength is the band, so that no decimals leave even there. */
export function strengthOf({ view }: Reader): SQL {
  return view === 'staff' ? sql`m.score_millionths` : sql`case m.band when 'strong' then 3 when 'good' then 2 else 1 end`
}
