import { Closed, CodeOf, Instant, languages, libraryNames, ListOf, Nullable, pageLimitDefault, Uuid } from '@siku/contracts'
import { refTo, type ServicePlugin } from '@siku/service-kit'
import { Type, type Static } from 'typebox'
import { accountContextOf, type GatewayParts } from '../parts.ts'
import { reading } from '../routes/access.ts'
import { readerLanguage } from './reader-language.ts'
import { searchLibraries, type SearchPort } from './search-libraries.ts'

const hitsMax = 100
const Span = Closed(
  { field: Type.String(), start: Type.Integer(), end: Type.Integer() },
  { description: 'Code points of the original text, end exclusive' }
)
const Choice = (description: string) =>
  Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 64 }), { maxItems: 40, uniqueItems: true, description }))

export const SearchHitSchema = Closed(
  {
    library: CodeOf(libraryNames),
    id: Uuid,
    version: Type.Integer(),
    reference: Type.String(),
    recordType: Type.String(),
    language: Type.String({ description: 'Language the record was written in' }),
    title: Type.String({ description: 'As it was written' }),
    summary: Type.String(),
    translation: Nullable(
      Closed({ language: Type.String(), title: Type.String(), summary: Type.String(), status: CodeOf(['machine', 'reviewed'] as const) })
    ),
    gloss: ListOf(
      Closed({ concept: Type.String(), label: Type.String(), spans: ListOf(Span, 1000) }),
      40,
      'Concepts by their labels in the reader’s language, where there is no translation'
    ),
    country: Nullable(Type.String()),
    stage: Nullable(Type.String()),
    sectors: ListOf(Type.String(), 100),
    owner: Closed({ name: Nullable(Type.String()), type: Type.String(), country: Type.String(), district: Nullable(Type.String()) }),
    openForInterest: Type.Boolean(),
    publishedAt: Nullable(Instant),
    uncleared: Type.Boolean({ description: 'Not cleared for readers abroad; only its owner and staff see such a record' }),
    highlights: ListOf(Span, 1000)
  },
  { $id: 'SearchHit' }
)

const Facet = ListOf(Closed({ value: Type.String(), label: Type.String(), count: Type.Integer() }), 10_000)

const hitsDefault = Math.min(20, pageLimitDefault)

const Query = Closed({
  q: Type.Optional(
    Type.String({ maxLength: 500, default: '', description: 'What is looked for, in any of the seven languages; empty lists the newest' })
  ),
  lang: Type.Optional(CodeOf(languages, 'Language of the reader; Accept-Language where it is left out')),
  library: Type.Optional(Type.Array(CodeOf(libraryNames), { maxItems: 4, uniqueItems: true })),
  sector: Choice('Sector codes'),
  country: Choice('Country of the record, ISO 3166-1'),
  target: Choice('Target country, ISO 3166-1'),
  stage: Choice('Stage codes'),
  mode: Choice('Cooperation modes'),
  service: Choice('Service codes'),
  language: Choice('Language the record was written in'),
  type: Choice('Record types'),
  seeks: Choice('What a demand looks for'),
  open: Type.Optional(Type.Boolean({ description: 'Open for interest' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: hitsMax, default: hitsDefault })),
  cursor: Type.Optional(Type.String({ maxLength: 300, description: '`next` of the page before' }))
})

/** `GET /v1/search`: the four libraries at once, in the reader’s language. */
export const searchRoutes =
  (parts: GatewayParts, port: SearchPort): ServicePlugin =>
  async (app) => {
    const toContext = accountContextOf(parts)
    // A copy that fails before anybody searches is told to whoever searches, and stops nothing else.
    port.caughtUp.catch(() => undefined)
    app.get(
      '/v1/search',
      {
        config: reading('search.query'),
        schema: {
          operationId: 'search_libraries',
          tags: ['search'],
          summary: 'Search the four libraries across languages; only what the caller may see is found or counted',
          querystring: Query,
          response: {
            200: Closed({
              data: ListOf(refTo(SearchHitSchema), hitsMax),
              next: Nullable(Type.String()),
              total: Type.Integer(),
              totalIsExact: Type.Boolean({ description: 'False where total and facets are lower bounds' }),
              facets: Type.Record(Type.String(), Facet),
              concepts: ListOf(Type.String(), 1000, 'Concepts the query was understood as')
            })
          }
        }
      },
      async (request) => {
        const { q = '', lang, limit = hitsDefault, cursor } = request.query
        const language = lang ?? readerLanguage(request.headers['accept-language'])
        return searchLibraries(toContext(request), port, { text: q, language, filters: filtersOf(request.query), limit, cursor })
      }
    )
  }

const filtersOf = ({ library, sector, country, target, stage, mode, service, language, type, seeks, open }: Static<typeof Query>) => ({
  ...(library && { library }),
  ...(sector && { sectors: sector }),
  ...(country && { country }),
  ...(target && { targetCountries: target }),
  ...(stage && { stage }),
  ...(mode && { cooperationModes: mode }),
  ...(service && { services: service }),
  ...(language && { language }),
  ...(type && { recordType: type }),
  ...(seeks && { seeks }),
  ...(open !== undefined && { openForInterest: open })
})
