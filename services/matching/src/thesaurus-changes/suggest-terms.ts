import { serviceActor, type Language, type PublishedDocument } from '@siku/contracts'
import { documentsById } from '@siku/db'
import type { Context } from '@siku/service-kit'
import type { Span } from '@siku/thesaurus'
import { sql } from 'drizzle-orm'
import { fieldText } from '../review/evidence.ts'
import { instant } from '../review/match-rows.ts'
import type { Suggestions } from './suggestion-schemas.ts'

export type Asked = { language: Language | undefined; limit: number; edition: string }
type Row = { term: string; language: Language; records: number; samples: { id: string; span: Span | null }[] }
type Counted = { edition: string; countedAt: string; records: number }

/**
 * Words that many records say and no concept covers, most frequent first, as last counted. Only services may read what the annotator
 * found, so the numbers are theirs; the samples are those of their records that the reader may see.
 */
export async function suggestTerms(ctx: Context, { language, limit, edition }: Asked): Promise<Suggestions> {
  const { db, actor, requestId, now } = ctx
  const { counted, rows } = await db.withRead(serviceActor('service:match', requestId), async (tx) => {
    const [last] = await tx.execute<Counted>(
      sql`select edition, ${instant(sql`counted_at`)} as "countedAt", records from matching.unknown_term_count`
    )
    const found = await tx.execute<Row>(sql`
      select term, language, records, samples from matching.unknown_term
      ${language === undefined ? sql`` : sql`where language = ${language}`} order by records desc, term limit ${limit}`)
    return { counted: last, rows: [...found] }
  })
  const ids = [...new Set(rows.flatMap(({ samples }) => samples.map(({ id }) => id)))]
  const seen = new Map((await db.withRead(actor, (tx) => documentsById(tx, ids))).map((document) => [document.id, document]))
  const data = rows.map(({ term, language: own, records, samples }) => ({
    term,
    written: samples.flatMap(({ id, span }) => asWritten(seen.get(id), span))[0] ?? term,
    language: own,
    records,
    samples: samples.flatMap(({ id }) => sampleOf(seen.get(id)))
  }))
  const countedAt = counted?.countedAt ?? null
  const ageSeconds = countedAt === null ? null : Math.max(0, Math.round((now().getTime() - Date.parse(countedAt)) / 1000))
  return { edition: counted?.edition ?? edition, countedAt, ageSeconds, recordsCounted: counted?.records ?? 0, data }
}

const sampleOf = (document: PublishedDocument | undefined) =>
  document ? [{ library: document.library, id: document.id, reference: document.text.reference }] : []

/** The term is a stem; a person reads it as it stands in a text. */
function asWritten(document: PublishedDocument | undefined, span: Span | null): string[] {
  const text = document && span ? fieldText(document.text, span.field) : undefined
  return text === undefined || span === null ? [] : [[...text].slice(span.start, span.end).join('')]
}
