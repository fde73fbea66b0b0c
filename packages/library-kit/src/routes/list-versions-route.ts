import type { Service } from '@siku/service-kit'
import { listVersions } from '../verbs/list-versions.ts'
import { idOf, type RouteKit } from './route-kit.ts'
import { IdParams, VersionLines } from './schemas.ts'

export function listVersionsRoute(app: Service, { library, read, ctxOf }: RouteKit): void {
  app.get(
    '/:id/versions',
    {
      config: read('record.versions'),
      schema: {
        operationId: `list_${library.collection}_versions`,
        tags: [library.collection],
        summary: 'Every version, newest first',
        params: IdParams,
        response: { 200: VersionLines }
      }
    },
    async (request) => ({ data: await listVersions(ctxOf(request), library, idOf(request)) })
  )
}
