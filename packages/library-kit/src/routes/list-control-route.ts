import type { Service } from '@siku/service-kit'
import { listControlDecisions } from '../verbs/list-control-decisions.ts'
import { idOf, type RouteKit } from './route-kit.ts'
import { DecisionLines, IdParams } from './schemas.ts'

export function listControlRoute(app: Service, { library, read, ctxOf }: RouteKit): void {
  app.get(
    '/:id/control',
    {
      config: read('control.read'),
      schema: {
        operationId: `list_control_${library.collection}`,
        tags: [library.collection],
        summary: 'Control decisions, newest first; persons and notes are for staff',
        params: IdParams,
        response: { 200: DecisionLines }
      }
    },
    async (request) => ({ data: await listControlDecisions(ctxOf(request), library, idOf(request)) })
  )
}
