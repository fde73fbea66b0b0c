import { refTo, type Service } from '@siku/service-kit'
import { schemasOf } from '../draft-schema.ts'
import { getRecord } from '../verbs/get-record.ts'
import { idOf, sendRecord, whichOf, type RouteKit } from './route-kit.ts'
import { IdParams, ReadQuery } from './schemas.ts'

export function getRecordRoute(app: Service, { library, read, ctxOf }: RouteKit): void {
  app.get(
    '/:id',
    {
      config: read('record.read'),
      schema: {
        operationId: `get_${library.collection}`,
        tags: [library.collection],
        summary: 'One record by id or reference',
        params: IdParams,
        querystring: ReadQuery,
        response: { 200: refTo(schemasOf(library).record) }
      }
    },
    async (request, reply) => sendRecord(reply, await getRecord(ctxOf(request), library, idOf(request), whichOf(request)))
  )
}
