import { createService, type Service, type ServiceOptions } from '@siku/service-kit'
import type { Thesaurus } from '@siku/thesaurus'
import { ConceptView, conceptRoutes } from './concepts/concept-routes.ts'
import { pipelineRoutes, PipelineView } from './pipeline/pipeline-routes.ts'
import { runRoutes } from './runs/run-routes.ts'
import { ListRun, Replay } from './runs/run-schemas.ts'
import { matchRoutes } from './review/match-routes.ts'
import { DemandShortlist, Match, MatchSummary } from './review/schemas.ts'

export type MatchingOptions = Omit<ServiceOptions, 'name' | 'title' | 'description' | 'library' | 'schemas' | 'plugins'> & {
  thesaurus: Thesaurus
}

export const matchingAbout = {
  name: 'matching',
  title: 'Matching',
  description: 'Matches between demands and technologies with their reasons, their review, and the state of the pipeline behind them.'
}

/** The HTTP side of matching: review of matches, the thesaurus to look up, and the state of the pipeline. */
export async function createMatching({ thesaurus, ...options }: MatchingOptions): Promise<Service> {
  return createService({
    ...options,
    ...matchingAbout,
    schemas: [MatchSummary, Match, DemandShortlist, ConceptView, PipelineView, ListRun, Replay],
    plugins: [
      async (app) => {
        await app.register(async (routes) => runRoutes(routes as Service), { prefix: '/v1/matches' })
        await app.register(async (routes) => matchRoutes(routes as Service, { thesaurus }), { prefix: '/v1/matches' })
        await app.register(async (routes) => conceptRoutes(routes as Service, { thesaurus }), { prefix: '/v1/thesaurus/concepts' })
        await app.register(async (routes) => pipelineRoutes(routes as Service), { prefix: '/v1/pipeline' })
      }
    ]
  })
}
