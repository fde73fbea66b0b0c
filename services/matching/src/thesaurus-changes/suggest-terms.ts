import { serviceActor, type Language, type PublishedDocument } from '@siku/contracts'
import { documentsById } from '@siku/db'
import type { Context } from '@siku/service-kit'
import type { Span } from '@siku/thesaurus'
import { sql } from 'drizzle-orm'
import { fieldText } from '../review/evidence.ts'
import type { Suggestions } from './suggestion-schemas.ts'

export type Asked = { language: Language | undefined; limit: number; edition: string }
type Row = { term: string; language: Language; records: number; samples: { id: string; span: Span | null }[] }

const recordsReadMax = 20_000
const recordsMin = 2
const samplesMax = 5

/**
 * Words that many records say and no concept covers, most frequent first, over the latest records. Only services may read what the
 * annotator found, so the numbers are theirs; the samples are those of their records that the reader may see.
 */
export async function suggestTerms(ctx: Context, { language, limit, edition }: Asked): Promise<Suggestions> {
  const { db, actor, requestId } = ctx
  const rows = await db.withRead(serviceActor('service:match', requestId), (tx) =>
    tx.execute<Row>(sql`
      with latest as (
        select a.id, a.annotation -> 'terms' as terms from published.annotation a
        join published.document d on d.id = a.id and d.version = a.version
        where a.edition = ${edition} and not d.tombstone order by d.changed_at desc, d.id limit ${recordsReadMax}
      )
      select said.term, said.language, count(*)::int as records,
        to_jsonb((array_agg(jsonb_build_object('id', latest.id, 'span', said.spans -> 0) order by latest.id))[1:${samplesMax}]) as samples
      from latest, jsonb_to_recordset(latest.terms) as said (term text, language text, spans jsonb)
      where ${language === undefined ? sql`said.language <> 'zxx'` : sql`said.language = ${language}`}
      group by said.term, said.language having count(*) >= ${recordsMin} order by records desc, said.term limit ${limit}`)
  )
  const ids = [...new Set([...rows].flatMap(({ samples }) => samples.map(({ id }) => id)))]
  const seen = new Map((await db.withRead(actor, (tx) => documentsById(tx, ids))).map((document) => [document.id, document]))
  const data = [...rows].map(({ term, language: own, records, samples }) => ({
    term,
    written: samples.flatMap(({ id, span }) => asWritten(seen.get(id), span))[0] ?? term,
    language: own,
    records,
    samples: samples.flatMap(({ id }) => sampleOf(seen.get(id)))
  }))
  return { edition, data }
}

const sampleOf = (document: PublishedDocument | undefined) =>
  document ? [{ library: document.library, id: document.id, reference: document.text.reference }] : []

/** The term is a stem; a person reads it as it stands in a text. */
function asWritten(document: PublishedDocument | undefined, span: Span | null): string[] {
  const text = document && span ? fieldText(document.text, span.field) : undefined
  return text === undefined || span === null ? [] : [[...text].slice(span.start, span.end).join('')]
}
