import { Closed, CodeOf, Instant, languages, libraryNames, Nullable, pageQuery, PageOf, Uuid } from '@siku/contracts'
import { problemResponses, refTo } from '@siku/service-kit'
import { Type, type Static } from 'typebox'
import { RecordLine } from '../review/schemas.ts'

const states = ['open', 'confirmed', 'dismissed'] as const

export const Duplicate = Closed(
  {
    id: Uuid,
    library: CodeOf(libraryNames),
    cluster: Uuid,
    state: CodeOf(states),
    likenessMillionths: Type.Integer({ description: 'How alike the two are, in millionths' }),
    sameOwner: Type.Boolean(),
    a: RecordLine,
    b: RecordLine,
    foundAt: Instant,
    decided: Nullable(Closed({ by: Type.String(), at: Instant })),
    revision: Type.Integer({ description: 'Its ETag is "r" and this number' })
  },
  { $id: 'Duplicate' }
)
export type Duplicate = Static<typeof Duplicate>

export const DuplicatesQuery = Closed({
  library: Type.Optional(CodeOf(libraryNames)),
  state: Type.Optional(CodeOf(states, 'Default: open')),
  lang: Type.Optional(CodeOf(languages)),
  ...pageQuery
})
export type DuplicatesQuery = Static<typeof DuplicatesQuery>

const tags = ['duplicates']
const params = Closed({ id: Uuid })
const decided = { 200: refTo(Duplicate), ...problemResponses(409, 412, 428) }

export const duplicateSchemas = {
  list: {
    operationId: 'list_duplicates',
    tags,
    summary: 'Records of one library that look like the same thing said twice, in whatever languages; most alike first',
    querystring: DuplicatesQuery,
    response: { 200: PageOf(refTo(Duplicate)) }
  },
  confirm: { operationId: 'confirm_duplicate', tags, summary: 'They are the same', params, response: decided },
  dismiss: { operationId: 'dismiss_duplicate', tags, summary: 'They are not the same; they join no cluster', params, response: decided }
}
