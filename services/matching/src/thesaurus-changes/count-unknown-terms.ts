import { serviceActor } from '@siku/contracts'
import type { Tx } from '@siku/db'
import type { Logger, Timer } from '@siku/service-kit'
import { sql } from 'drizzle-orm'
import type { MatchContext } from '../match/match-record.ts'

/** Kept for each language; the API shows fewer. */
const keptMax = 500
/** The latest records are asked: what people write now is what the thesaurus lacks now. */
const recordsReadMax = 20_000
export const recordsMin = 2
const samplesMax = 5
const statementMs = 5 * 60_000

const minute = 60_000
const dayMs = 24 * 60 * minute
/** Counted anew before a day is over when this part of the libraries' changes came since. */
const newShare = 0.1

type Counting = Pick<MatchContext, 'db' | 'thesaurus' | 'now'>
const actor = serviceActor('service:match', 'count-unknown-terms')

/** Counts anew where the edition is another one, a day is over, or a good part of the records came since. Says over how many records. */
export async function countUnknownTerms({ db, thesaurus: { edition }, now }: Counting): Promise<number | undefined> {
  const feed = await db.withRead(actor, feedOf)
  if (!(await db.withRead(actor, (tx) => isDue(tx, { edition, now: now(), feed })))) return undefined
  return db.withTx(actor, async (tx) => {
    await tx.execute(sql`select set_config('statement_timeout', ${String(statementMs)}, true)`)
    await tx.execute(sql`delete from matching.unknown_term`)
    await tx.execute(insertCounted(edition))
    const [row] = await tx.execute<{ records: number }>(sql`
      insert into matching.unknown_term_count as c (edition, counted_at, records, feed)
      select ${edition}, ${now().toISOString()}::timestamptz, count(*), ${feed} from (${latest(edition)}) latest
      on conflict (single) do update set edition = excluded.edition, counted_at = excluded.counted_at, records = excluded.records,
        feed = excluded.feed returning c.records`)
    return row?.records ?? 0
  })
}

/** How many changes the libraries have numbered so far. */
async function feedOf(tx: Tx): Promise<number> {
  const [row] = await tx.execute<{ feed: number }>(sql`select coalesce(sum(position), 0)::float8 as feed from published.counter`)
  return row?.feed ?? 0
}

type Now = { edition: string; now: Date; feed: number }

async function isDue(tx: Tx, { edition, now, feed }: Now): Promise<boolean> {
  const [row] = await tx.execute<{ edition: string; countedAt: string; feed: number }>(
    sql`select edition, counted_at as "countedAt", feed::float8 as feed from matching.unknown_term_count`
  )
  if (!row || row.edition !== edition) return true
  return now.getTime() - new Date(row.countedAt).getTime() >= dayMs || feed - row.feed > newShare * row.feed
}

/** Chosen before their annotations are opened, which is what takes long. */
const latest = (edition: string) => sql`
  select a.id, a.annotation -> 'terms' as terms
  from (select id, version from published.document where not tombstone order by changed_at desc, id limit ${recordsReadMax}) d
  join published.annotation a on a.id = d.id and a.version = d.version and a.edition = ${edition}`

/** First how often, then, for those that are kept, in which records. */
const insertCounted = (edition: string) => sql`
  insert into matching.unknown_term (language, place, term, records, samples)
  with said as materialized (
    select latest.id, said.term, said.language, said.spans -> 0 as span
    from (${latest(edition)}) latest, jsonb_to_recordset(latest.terms) as said (term text, language text, spans jsonb)
    where said.language <> 'zxx'
  ), counted as (
    select language, term, count(*)::int as records,
      row_number() over (partition by language order by count(*) desc, term) as place
    from said group by language, term having count(*) >= ${recordsMin}
  ), kept as (
    select * from counted where place <= ${keptMax}
  )
  select k.language, k.place, k.term, k.records,
    to_jsonb((array_agg(jsonb_build_object('id', s.id, 'span', s.span) order by s.id))[1:${samplesMax}])
  from kept k join said s on s.language = k.language and s.term = k.term
  group by k.language, k.place, k.term, k.records`

/** Looks every few minutes whether counting is due; one process does. */
export const unknownTermTimer = (ctx: Counting, log: Logger): Timer => ({
  name: 'matching-unknown-terms',
  periodMs: 5 * minute,
  run: async () => {
    const records = await countUnknownTerms(ctx)
    if (records !== undefined) log.info({ event: 'thesaurus.unknown-counted', count: records }, 'words without a concept were counted')
  }
})
