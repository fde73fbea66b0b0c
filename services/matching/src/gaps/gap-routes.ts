import type { RouteAccess, Service } from '@siku/service-kit'
import { readerOf } from '../review/reader.ts'
import { gapSchemas } from './gap-schemas.ts'
import { listDemandGaps, listTechnologyGaps, summariseGaps } from './list-gaps.ts'

const config: { access: RouteAccess } = { access: { action: 'gap.read', scope: 'matching:read' } }

/** For staff: what is asked for and not there, what is there and not asked for. */
export function gapRoutes(app: Service): void {
  app.get('/demands', { config, schema: gapSchemas.demands }, ({ ctx, headers, query }) =>
    listDemandGaps(ctx, readerOf({ ctx, headers }, query.lang).language, query)
  )
  app.get('/summary', { config, schema: gapSchemas.summary }, ({ ctx }) => summariseGaps(ctx))
  app.get('/technologies', { config, schema: gapSchemas.technologies }, ({ ctx, headers, query }) =>
    listTechnologyGaps(ctx, readerOf({ ctx, headers }, query.lang).language, query)
  )
}
