import { problemResponses, refTo, requireIfMatch, type Service } from '@siku/service-kit'
import { schemasOf } from '../draft-schema.ts'
import { editRecord } from '../verbs/edit-record.ts'
import { idOf, sendRecord, type RouteKit } from './route-kit.ts'
import { IdParams } from './schemas.ts'

export function editRecordRoute(app: Service, { library, write, ctxOf }: RouteKit): void {
  const { patch, record } = schemasOf(library)
  app.patch(
    '/:id',
    {
      config: write('record.edit'),
      schema: {
        operationId: `edit_${library.collection}`,
        tags: [library.collection],
        summary: 'Edit the working version (JSON Merge Patch)',
        params: IdParams,
        body: refTo(patch),
        response: { 200: refTo(record), ...problemResponses(412, 422, 428) }
      }
    },
    async (request, reply) => {
      const edit = { patch: request.body as object, revision: requireIfMatch(request) }
      return sendRecord(reply, await editRecord(ctxOf(request), library, idOf(request), edit))
    }
  )
}
