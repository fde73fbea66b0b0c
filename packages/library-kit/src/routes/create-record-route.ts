import type { Draft } from '@siku/contracts'
import { problemResponses, refTo, type Service } from '@siku/service-kit'
import { schemasOf } from '../draft-schema.ts'
import { createRecord } from '../verbs/create-record.ts'
import { sendRecord, type RouteKit } from './route-kit.ts'

export function createRecordRoute(app: Service, { library, write, ctxOf }: RouteKit): void {
  const { draft, record } = schemasOf(library)
  app.post(
    '',
    {
      config: write('record.create'),
      schema: {
        operationId: `create_${library.collection}`,
        tags: [library.collection],
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
}
