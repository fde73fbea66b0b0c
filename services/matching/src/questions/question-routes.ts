import type { RouteAccess, Service } from '@siku/service-kit'
import type { Reading } from '../concepts/concept-routes.ts'
import { readerOf } from '../review/reader.ts'
import { listQuestions } from './list-questions.ts'
import { questionSchemas } from './question-schemas.ts'

const config: { access: RouteAccess } = { access: { action: 'match.questions', scope: 'matching:read' } }

/** Missing facts of a match as questions; nothing is sent from here. */
export function questionRoutes(app: Service, reading: Reading): void {
  app.get('/:id/questions', { config, schema: questionSchemas.ofMatch }, ({ ctx, headers, params, query }) =>
    listQuestions(ctx, readerOf({ ctx, headers }, query.lang), { id: params.id, thesaurus: reading.thesaurus })
  )
}
