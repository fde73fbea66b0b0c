import type { RouteAccess, Service } from '@siku/service-kit'
import { listRuns } from './read-runs.ts'
import { replayRun } from './replay-run.ts'
import { runSchemas } from './run-schemas.ts'

const config: { access: RouteAccess } = { access: { action: 'list-run.read', scope: 'matching:read' } }

/** For auditors: how a list came to be what it was, and the proof that it can be had again. */
export function runRoutes(app: Service): void {
  app.get('/:id/runs', { config, schema: runSchemas.list }, ({ ctx, params, query }) => listRuns(ctx, params.id, query))
  app.get('/:id/replay', { config, schema: runSchemas.replay }, ({ ctx, params, query }) => replayRun(ctx, params.id, query.run))
}
