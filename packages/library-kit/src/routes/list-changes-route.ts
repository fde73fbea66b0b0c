import { Change, Closed, pageLimitDefault } from '@siku/contracts'
import type { Service } from '@siku/service-kit'
import { Type, type Static } from 'typebox'
import { listChanges } from '../verbs/list-changes.ts'
import type { RouteKit } from './route-kit.ts'
import { changesQuery } from './schemas.ts'

export function listChangesRoute(app: Service, { library, read, ctxOf }: RouteKit): void {
  app.get(
    '/changes',
    {
      config: read('record.changes'),
      schema: {
        operationId: `list_${library.collection}_changes`,
        tags: [library.collection],
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
}
