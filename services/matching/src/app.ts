import { createService, followThesaurus, type Service, type ServiceOptions } from '@siku/service-kit'
import type { Thesaurus } from '@siku/thesaurus'
import { ConceptTree, ConceptView, ThesaurusFields } from './concepts/browse-schemas.ts'
import { conceptRoutes, type Reading } from './concepts/concept-routes.ts'
import { exportRoutes } from './concepts/export-routes.ts'
import { dossierRoutes } from './dossier/dossier-routes.ts'
import { Dossier } from './dossier/dossier-schemas.ts'
import { pipelineRoutes, PipelineView } from './pipeline/pipeline-routes.ts'
import { gapRoutes } from './gaps/gap-routes.ts'
import { DemandGap, GapSummary, TechnologyGap } from './gaps/gap-schemas.ts'
import { duplicateRoutes } from './market/duplicate-routes.ts'
import { Duplicate } from './market/duplicate-schemas.ts'
import { questionRoutes } from './questions/question-routes.ts'
import { Question } from './questions/question-schemas.ts'
import { runRoutes } from './runs/run-routes.ts'
import { ListRun, Replay } from './runs/run-schemas.ts'
import type { Priorities } from './review/priorities-schema.ts'
import { compilePriorities } from './review/priority-rules.ts'
import { matchRoutes } from './review/match-routes.ts'
import { DemandShortlist, Match, MatchSummary } from './review/schemas.ts'
import { changeRoutes } from './thesaurus-changes/change-routes.ts'
import { ThesaurusChange, ThesaurusEdition } from './thesaurus-changes/change-schemas.ts'
import { Suggestions } from './thesaurus-changes/suggestion-schemas.ts'

export type MatchingOptions = Omit<ServiceOptions, 'name' | 'title' | 'description' | 'library' | 'schemas' | 'plugins'> & {
  /** As shipped; what staff changed since is followed. */
  thesaurus: Thesaurus
  /** What a plan puts first, for the queue of staff; without it their lists know strength and age only. */
  priorities?: Priorities | undefined
}

export const matchingAbout = {
  name: 'matching',
  title: 'Matching',
  description: 'Matches between demands and technologies with their reasons, their review, and the state of the pipeline behind them.'
}

/** The HTTP side of matching: review of matches, the thesaurus to look up, and the state of the pipeline. */
export async function createMatching({ thesaurus: shipped, priorities, ...options }: MatchingOptions): Promise<Service> {
  const follower = followThesaurus(options.db, shipped)
  const reading: Reading = {
    get thesaurus() {
      return follower.inForce()
    }
  }
  const rules = priorities && compilePriorities(priorities)
  return createService({
    ...options,
    ...matchingAbout,
    schemas: [
      Dossier,
      Question,
      MatchSummary,
      Match,
      DemandShortlist,
      ConceptTree,
      ThesaurusFields,
      ConceptView,
      ThesaurusChange,
      ThesaurusEdition,
      Suggestions,
      PipelineView,
      ListRun,
      Replay,
      Duplicate,
      DemandGap,
      TechnologyGap,
      GapSummary
    ],
    plugins: [
      async (app) => {
        await app.register(async (routes) => gapRoutes(routes as Service), { prefix: '/v1/gaps' })
        await app.register(async (routes) => duplicateRoutes(routes as Service), { prefix: '/v1/duplicates' })
        await app.register(async (routes) => runRoutes(routes as Service), { prefix: '/v1/matches' })
        await app.register(async (routes) => questionRoutes(routes as Service, reading), { prefix: '/v1/matches' })
        await app.register(async (routes) => matchRoutes(routes as Service, { reading, priorities: rules }), { prefix: '/v1/matches' })
        await app.register(async (routes) => conceptRoutes(routes as Service, reading), { prefix: '/v1/thesaurus' })
        await app.register(async (routes) => exportRoutes(routes as Service, reading), { prefix: '/v1/thesaurus' })
        await app.register(async (routes) => changeRoutes(routes as Service, { shipped, reading }), { prefix: '/v1/thesaurus' })
        await app.register(async (routes) => dossierRoutes(routes as Service, reading), { prefix: '/v1/dossiers' })
        await app.register(async (routes) => pipelineRoutes(routes as Service, reading), { prefix: '/v1/pipeline' })
      }
    ]
  })
}
