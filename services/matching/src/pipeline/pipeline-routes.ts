import { Closed, CodeOf, Instant, Nullable, pageLimitDefault, pageLimitMax, Uuid, workKinds } from '@siku/contracts'
import { refTo, type RouteAccess, type Service } from '@siku/service-kit'
import { Type } from 'typebox'
import type { Reading } from '../concepts/concept-routes.ts'
import { listParked } from './list-parked.ts'
import { listUntranslated, UntranslatedPage, UntranslatedQuery } from './list-untranslated.ts'
import { readPipeline } from './read-pipeline.ts'
import { redriveParked } from './redrive-parked.ts'

const Age = Type.Number({ minimum: 0, description: 'Age of the oldest, in seconds' })
export const PipelineView = Closed(
  {
    stages: Type.Array(
      Closed({
        stage: Type.Integer({ description: 'Number of the stage in the journey of a posting' }),
        name: Type.String(),
        waiting: Type.Integer({ description: 'What waits to be done here' }),
        parked: Type.Integer({ description: 'Set aside after failing' }),
        oldestSeconds: Age
      })
    ),
    work: Type.Array(
      Closed({ kind: Type.String(), library: Type.String(), open: Type.Integer(), parked: Type.Integer(), oldestSeconds: Age })
    ),
    matches: Type.Array(Closed({ state: Type.String(), count: Type.Integer(), oldestSeconds: Age })),
    published: Type.Array(
      Closed({
        library: Type.String(),
        records: Type.Integer(),
        waiting: Type.Integer({ description: 'Not yet numbered' }),
        needsTranslation: Type.Integer({ description: 'In a language that is not read here; staff list them under needs-translation' })
      })
    )
  },
  { $id: 'Pipeline' }
)

const ParkedLine = Closed({
  kind: Type.String(),
  library: Type.String(),
  recordId: Uuid,
  attempts: Type.Integer(),
  error: Nullable(Type.String({ description: 'What went wrong the last time' })),
  owedAt: Instant
})
const ParkedQuery = Closed({ limit: Type.Optional(Type.Integer({ minimum: 1, maximum: pageLimitMax, default: pageLimitDefault })) })
const RedriveBody = Closed({
  kind: CodeOf(workKinds),
  recordIds: Type.Optional(
    Type.Array(Uuid, { minItems: 1, maxItems: 1000, uniqueItems: true, description: 'Only these; all parked work of the kind without it' })
  )
})
const Redriven = Closed({ kind: CodeOf(workKinds), redriven: Type.Integer(), stillParked: Type.Integer() })

const tags = ['pipeline']
const read: { access: RouteAccess } = { access: { action: 'pipeline.read', scope: 'matching:read' } }
const untranslated: { access: RouteAccess } = { access: { action: 'translation.read', scope: 'matching:read' } }
const write: { access: RouteAccess } = { access: { action: 'pipeline.redrive', scope: 'matching:write' } }

/** For those who run the system: where postings stand on their journey, what is stuck, and one more try. */
export function pipelineRoutes(app: Service, reading: Reading): void {
  app.get(
    '',
    {
      config: read,
      schema: { operationId: 'get_pipeline', tags, summary: 'Counts and oldest age at every stage', response: { 200: refTo(PipelineView) } }
    },
    (request) => readPipeline(request.ctx, reading.thesaurus.edition)
  )

  app.get(
    '/parked',
    {
      config: read,
      schema: {
        operationId: 'list_parked_work',
        tags,
        summary: 'Derived work that was set aside after failing, oldest first',
        querystring: ParkedQuery,
        response: { 200: Closed({ data: Type.Array(ParkedLine) }) }
      }
    },
    (request) => listParked(request.ctx, request.query.limit ?? pageLimitDefault)
  )

  app.get(
    '/needs-translation',
    {
      config: untranslated,
      schema: {
        operationId: 'list_untranslated_records',
        tags,
        summary: 'Records in a language that is not read here: matched with nothing until a translation is reviewed; oldest first',
        querystring: UntranslatedQuery,
        response: { 200: UntranslatedPage }
      }
    },
    ({ ctx, query }) => listUntranslated(ctx, { ...query, edition: reading.thesaurus.edition })
  )

  app.post(
    '/parked/redrive',
    {
      config: write,
      schema: { operationId: 'redrive_parked_work', tags, summary: 'Try parked work again', body: RedriveBody, response: { 200: Redriven } }
    },
    (request) => redriveParked(request.ctx, request.body)
  )
}
