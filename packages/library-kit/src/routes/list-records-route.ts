import {
  Closed,
  CodeOf,
  controlStates,
  CountryCode,
  Instant,
  LanguageTag,
  pageLimitDefault,
  PageOf,
  pageQuery,
  recordStates,
  Text,
  workingStates
} from '@siku/contracts'
import { problemResponses, refTo, type Service } from '@siku/service-kit'
import { Type, type Static } from 'typebox'
import { schemasOf } from '../draft-schema.ts'
import { listRecords } from '../verbs/list-records.ts'
import type { RouteKit } from './route-kit.ts'

const listQuery = (recordTypes: readonly string[]) =>
  Closed({
    view: Type.Optional(
      CodeOf(
        ['published', 'own', 'desk'] as const,
        '`published` (default): what you may see; `own`: your organisation’s, drafts included; `desk`: for staff'
      )
    ),
    state: Type.Optional(CodeOf(recordStates)),
    workingState: Type.Optional(CodeOf(workingStates)),
    recordType: Type.Optional(CodeOf(recordTypes)),
    sector: Type.Optional(Text(64)),
    country: Type.Optional(CountryCode),
    targetCountry: Type.Optional(CountryCode),
    stage: Type.Optional(Text(64)),
    cooperationMode: Type.Optional(Text(64)),
    language: Type.Optional(LanguageTag),
    controlState: Type.Optional(CodeOf(controlStates)),
    openForInterest: Type.Optional(Type.Boolean()),
    updatedSince: Type.Optional(Instant),
    ...pageQuery
  })

export function listRecordsRoute(app: Service, { library, read, ctxOf }: RouteKit): void {
  const Query = listQuery(library.recordTypes)
  app.get(
    '',
    {
      config: read('record.list'),
      schema: {
        operationId: `list_${library.collection}`,
        tags: [library.collection],
        summary: 'A page of records, newest change first',
        querystring: Query,
        response: { 200: PageOf(refTo(schemasOf(library).record)), ...problemResponses(400, 403) }
      }
    },
    async (request) => {
      const { limit = pageLimitDefault, ...filter } = request.query as Static<typeof Query>
      return listRecords(ctxOf(request), library, { ...filter, limit })
    }
  )
}
