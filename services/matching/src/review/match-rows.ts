import type { Language, MatchState } from '@siku/contracts'
import { sql, type SQL } from 'drizzle-orm'
import type { Tx } from '@siku/db'
import { renderCap } from '@siku/matcher'
import type { Cap } from '../market/apply-caps.ts'
import type { MatchSummary, RecordLine } from './schemas.ts'
import { toPriority, type PriorityRow, type PriorityRules } from './priority-rules.ts'
import type { Reader } from './reader.ts'

export type MatchRow = {
  id: string
  state: MatchState
  band: MatchSummary['band']
  scoreMillionths: number
  uncleared: boolean
  changed: boolean
  renewed: boolean
  closed: boolean
  country: string | null
  demand: RecordLine
  technology: RecordLine
  takenBy: string | null
  proposedAt: string
  revision: number
  /** There in a list sorted by priority. */
  priority?: PriorityRow
}

/** An instant as JSON carries it; the driver would give PostgreSQL's own text. */
export const instant = (column: SQL): SQL => sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

export const lineOf = (alias: 'd' | 't', language: Language): SQL => {
  const row = sql.identifier(alias)
  return sql`jsonb_build_object('id', ${row}.id, 'version', ${row}.version, 'reference', ${row}.text -> 'reference',
    'language', ${row}.text -> 'sourceLanguage', 'title', ${row}.text -> 'title',
    'translatedTitle', (select line ->> 'title' from jsonb_array_elements(${row}.text -> 'translations') line
      where line ->> 'language' = ${language} limit 1),
    'country', ${row}.country, 'ownerType', ${row}.text #> '{owner,type}', 'ownerName', ${row}.text #> '{owner,name}',
    'sectors', ${row}.text -> 'sectors')`
}

export const matchColumns = (language: Language): SQL => sql`m.id, m.state, m.band, m.score_millionths as "scoreMillionths", m.uncleared,
  m.changed, m.renewed, m.closed, m.country, ${lineOf('d', language)} as demand, ${lineOf('t', language)} as technology,
  m.taken_by as "takenBy", ${instant(sql`m.proposed_at`)} as "proposedAt", m.revision`

/** Matches with both records, read under the actor of the transaction: a pair with a record that the reader may not see is no row. */
export const matchSource = sql`matching.match m
  join published.document d on d.id = m.demand_id join published.document t on t.id = m.technology_id`

export async function selectMatches(tx: Tx, language: Language, rest: SQL): Promise<MatchRow[]> {
  return [...(await tx.execute<MatchRow>(sql`select ${matchColumns(language)} from ${matchSource} ${rest}`))]
}

const dayMs = 86_400_000
export const ageDays = (proposedAt: string, now: Date): number =>
  Math.max(0, Math.floor((now.getTime() - new Date(proposedAt).getTime()) / dayMs))

type Showing = { now: Date; cap?: Cap | null | undefined; rules?: PriorityRules | undefined }

/** Owners of a technology see that something fits and how well in words; who decides what, and decimals, are for staff. */
export function toSummary(row: MatchRow, { view, language }: Reader, { now, cap = null, rules }: Showing): MatchSummary {
  const isStaff = view === 'staff'
  const { uncleared, changed, renewed, closed } = row
  return {
    id: row.id,
    view,
    unreviewed: row.state !== 'approved',
    state: isStaff ? row.state : null,
    band: row.band,
    scoreMillionths: isStaff ? row.scoreMillionths : null,
    flags: isStaff ? { uncleared, changed, renewed, closed } : { uncleared, changed: false, renewed: false, closed: false },
    country: row.country,
    cap: isStaff && cap ? { ...cap, sentence: renderCap(cap.kind, language) } : null,
    priority: row.priority && rules ? toPriority(row.priority, rules, language) : null,
    demand: row.demand,
    technology: row.technology,
    takenBy: isStaff ? row.takenBy : null,
    proposedAt: row.proposedAt,
    ageDays: ageDays(row.proposedAt, now),
    revision: row.revision
  }
}
