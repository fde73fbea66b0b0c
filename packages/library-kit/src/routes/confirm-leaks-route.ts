import { problemResponses, requireIfMatch, type Service } from '@siku/service-kit'
import type { Static } from 'typebox'
import { confirmLeaks } from '../verbs/check-leaks.ts'
import { idOf, type RouteKit } from './route-kit.ts'
import { IdParams, LeakKeys, LeakReportSchema } from './schemas.ts'

export function confirmLeaksRoute(app: Service, { library, write, ctxOf }: RouteKit): void {
  app.put(
    '/:id/leaks',
    {
      config: write('record.edit'),
      schema: {
        operationId: `confirm_leaks_${library.collection}`,
        tags: [library.collection],
        summary: 'Confirm passages and files that tell nothing',
        params: IdParams,
        body: LeakKeys,
        response: { 200: LeakReportSchema, ...problemResponses(412, 422, 428) }
      }
    },
    async (request) => {
      const { keys } = request.body as Static<typeof LeakKeys>
      return confirmLeaks(ctxOf(request), library, { id: idOf(request), revision: requireIfMatch(request), keys })
    }
  )
}
