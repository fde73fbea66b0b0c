import { Closed, CodeOf, Instant, libraryNames, pageLimitDefault, pageQuery, PageOf, serviceActor, Uuid } from '@siku/contracts'
import { documentsById, type Tx } from '@siku/db'
import type { Context } from '@siku/service-kit'
import { detectLanguage } from '@siku/thesaurus'
import { sql } from 'drizzle-orm'
import { Type, type Static } from 'typebox'
import { readCursor, writeCursor } from '../review/cursor.ts'

export const UntranslatedQuery = Closed({ library: Type.Optional(CodeOf(libraryNames)), ...pageQuery })
export const UntranslatedLine = Closed({
  library: CodeOf(libraryNames),
  id: Uuid,
  version: Type.Integer(),
  reference: Type.String(),
  state: Type.Literal('needs-translation'),
  title: Type.String(),
  language: Type.String({ description: 'As its author said' }),
  detected: Type.Union([Type.String(), Type.Null()], { description: 'What the text looks like, ISO 639-1' }),
  translations: Type.Array(Closed({ language: Type.String(), status: Type.String() }), {
    description: 'Those there are; it is matched as soon as one into zh, en, fr, ru, ar, es or pt is reviewed'
  }),
  since: Instant
})
export type UntranslatedLine = Static<typeof UntranslatedLine>
export const UntranslatedPage = PageOf(UntranslatedLine)

type Row = { id: string; since: string }
type Asked = Static<typeof UntranslatedQuery> & { edition: string }

/** Records that are in a language nobody here reads: published, found by their words, and matched with nothing until translated. */
export async function listUntranslated(
  ctx: Context,
  { library, cursor, limit = pageLimitDefault, edition }: Asked
): Promise<{ data: UntranslatedLine[]; next: string | null }> {
  const list = ['untranslated', library]
  const after = readCursor(list, 'string', cursor)
  const rows = await ctx.db.withRead(serviceActor('service:match', ctx.requestId), (tx) =>
    tx.execute<Row>(sql`
      select d.id, to_char(d.changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as since
      from published.annotation a join published.document d on d.id = a.id and d.version = a.version
      where a.edition = ${edition} and a.annotation ? 'needsTranslation' and not d.tombstone ${library ? sql`and d.library = ${library}` : sql``}
        ${after ? sql`and (d.changed_at, d.id) > (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
      order by d.changed_at, d.id limit ${limit + 1}`)
  )
  const page = [...rows].slice(0, limit)
  const last = page.at(-1)
  const data = await ctx.db.withRead(ctx.actor, (tx) => linesOf(tx, page))
  return { data, next: rows.length > limit && last ? writeCursor(list, [last.since, last.id]) : null }
}

async function linesOf(tx: Tx, page: readonly Row[]): Promise<UntranslatedLine[]> {
  const documents = await documentsById(
    tx,
    page.map(({ id }) => id)
  )
  const byId = new Map(documents.map((document) => [document.id, document]))
  return page.flatMap(({ id, since }) => {
    const document = byId.get(id)
    if (!document) return []
    const { library, version, text } = document
    const { reference, title, sourceLanguage: language } = text
    const translations = text.translations.map((line) => ({ language: line.language, status: line.status }))
    const detected = detectLanguage([title, text.summary, text.description].join('\n')).code
    return [{ library, id, version, reference, state: 'needs-translation', title, language, detected, translations, since }]
  })
}
