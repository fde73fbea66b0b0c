import type { RouteAccess, Service } from '@siku/service-kit'
import type { Reading } from '../concepts/concept-routes.ts'
import { readerOf } from '../review/reader.ts'
import { dossierSchemas } from './dossier-schemas.ts'
import { getDossier } from './get-dossier.ts'

const config: { access: RouteAccess } = { access: { action: 'dossier.read', scope: 'matching:read' } }

/** The case file of a demand, for those who work on it and for those who asked. */
export function dossierRoutes(app: Service, reading: Reading): void {
  app.get('/:demandId', { config, schema: dossierSchemas.read }, ({ ctx, params, query, headers }) =>
    getDossier(ctx, { demandId: params.demandId, language: readerOf({ ctx, headers }, query.lang).language, thesaurus: reading.thesaurus })
  )
}
