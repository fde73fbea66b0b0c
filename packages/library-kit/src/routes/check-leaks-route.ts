import { problemResponses, type Service } from '@siku/service-kit'
import { checkLeaks } from '../verbs/check-leaks.ts'
import { idOf, type RouteKit } from './route-kit.ts'
import { IdParams, LeakReportSchema } from './schemas.ts'

export function checkLeaksRoute(app: Service, { library, read, ctxOf }: RouteKit): void {
  app.get(
    '/:id/leaks',
    {
      config: read('record.read-working'),
      schema: {
        operationId: `check_leaks_${library.collection}`,
        tags: [library.collection],
        summary: 'Passages and files that may tell who the owner is',
        params: IdParams,
        response: { 200: LeakReportSchema, ...problemResponses(409) }
      }
    },
    async (request) => checkLeaks(ctxOf(request), library, idOf(request))
  )
}
