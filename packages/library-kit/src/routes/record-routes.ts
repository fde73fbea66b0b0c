import {
  Change,
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
  workingStates,
  type Draft
} from '@siku/contracts'
import { problemResponses, refTo, requireIfMatch, setEtag, type Service } from '@siku/service-kit'
import type { FastifyReply } from 'fastify'
import { Type, type Static } from 'typebox'
import { schemasOf } from '../draft-schema.ts'
import type { RecordView } from '../to-record.ts'
import { createRecord } from '../verbs/create-record.ts'
import { editRecord } from '../verbs/edit-record.ts'
import { getRecord } from '../verbs/get-record.ts'
import { listChanges } from '../verbs/list-changes.ts'
import { listRecords } from '../verbs/list-records.ts'
import { listVersions } from '../verbs/list-versions.ts'
import type { RouteKit } from './route-kit.ts'
import { changesQuery, IdParams, ReadQuery, VersionLines } from './schemas.ts'

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

export const sendRecord = (reply: FastifyReply, record: RecordView, status = 200) =>
  setEtag(reply, record.revision).code(status).send(record)

/** Reading, listing, creating and editing records of one library. */
export function recordRoutes(app: Service, { library, read, write, ctxOf }: RouteKit): void {
  const { draft, patch, record } = schemasOf(library)
  const tags = [library.collection]
  const name = library.collection
  const Query = listQuery(library.recordTypes)

  app.get(
    '',
    {
      config: read('record.list'),
      schema: {
        operationId: `list_${name}`,
        tags,
        summary: 'A page of records, newest change first',
        querystring: Query,
        response: { 200: PageOf(refTo(record)), ...problemResponses(400, 403) }
      }
    },
    async (request) => {
      const { limit = pageLimitDefault, ...filter } = request.query as Static<typeof Query>
      return listRecords(ctxOf(request), library, { ...filter, limit })
    }
  )

  app.post(
    '',
    {
      config: write('record.create'),
      schema: {
        operationId: `create_${name}`,
        tags,
        summary: 'Store a draft',
        body: refTo(draft),
        response: { 201: refTo(record), ...problemResponses(422) }
      }
    },
    async (request, reply) => {
      const { status, record: created } = await createRecord(ctxOf(request), library, request.body as Draft)
      reply.header('location', `/v1/${library.collection}/${created.id}`)
      return sendRecord(reply, created, status)
    }
  )

  app.get(
    '/changes',
    {
      config: read('record.changes'),
      schema: {
        operationId: `list_${name}_changes`,
        tags,
        summary: 'The change feed, in the order changes were committed, with tombstones',
        querystring: changesQuery,
        response: { 200: Closed({ data: Type.Array(Change), next: Type.String() }) }
      }
    },
    async (request) => {
      const { cursor, limit = pageLimitDefault } = request.query as Static<typeof changesQuery>
      return listChanges(ctxOf(request), library, { ...(cursor === undefined ? {} : { cursor }), limit })
    }
  )

  app.get(
    '/:id',
    {
      config: read('record.read'),
      schema: {
        operationId: `get_${name}`,
        tags,
        summary: 'One record by id or reference',
        params: IdParams,
        querystring: ReadQuery,
        response: { 200: refTo(record) }
      }
    },
    async (request, reply) => {
      const { version } = request.query as Static<typeof ReadQuery>
      const which = version === undefined || version === 'published' || version === 'working' ? version : Number(version)
      return sendRecord(reply, await getRecord(ctxOf(request), library, (request.params as { id: string }).id, which))
    }
  )

  app.patch(
    '/:id',
    {
      config: write('record.edit'),
      schema: {
        operationId: `edit_${name}`,
        tags,
        summary: 'Edit the working version (JSON Merge Patch)',
        params: IdParams,
        body: refTo(patch),
        response: { 200: refTo(record), ...problemResponses(412, 422, 428) }
      }
    },
    async (request, reply) => {
      const { id } = request.params as { id: string }
      return sendRecord(
        reply,
        await editRecord(ctxOf(request), library, id, { patch: request.body as object, revision: requireIfMatch(request) })
      )
    }
  )

  app.get(
    '/:id/versions',
    {
      config: read('record.versions'),
      schema: {
        operationId: `list_${name}_versions`,
        tags,
        summary: 'Every version, newest first',
        params: IdParams,
        response: { 200: VersionLines }
      }
    },
    async (request) => ({ data: await listVersions(ctxOf(request), library, (request.params as { id: string }).id) })
  )
}
