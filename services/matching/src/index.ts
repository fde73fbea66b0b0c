export { createMatching, type MatchingOptions } from './app.ts'
export { embedderOf, MatchingConfig, type EmbedderSettings } from './config.ts'
export { createEngineCandidates, type EngineCandidates } from './match/engine-candidates.ts'
export { counterpartQuery } from './match/engine-query.ts'
export { createDossierWorker, oweAllDossiers, type DossierWorker } from './dossier/dossier-worker.ts'
export type { Dossier } from './dossier/dossier-schemas.ts'
export { getDossier } from './dossier/get-dossier.ts'
export { createEmbedWorker, type EmbedWorker } from './embedding/embed-worker.ts'
export { heldVector } from './embedding/engine-vector.ts'
export { referenceVectors, type EmbedderState } from './embedding/embedder-gate.ts'
export { runsOf, visiblePairs, type Run } from './dossier/page/mark-text.ts'
export { renderDossierPage } from './dossier/page/render-dossier-page.ts'
export type { FoundMatch } from './match/find-matches.ts'
export type { MatchContext } from './match/match-record.ts'
export { createMatchWorker, type MatchWorker, type MatchWorkerOptions } from './match/match-worker.ts'
export { expectedMatches, pairsAbove, readExpectedMatches, type OracleOptions } from './match/oracle.ts'
export { createPublishedCopy, type PublishedCopy } from './match/published-copy.ts'
export { checkSample, matchTimers, type SampleResult } from './match/reconcile.ts'
export { rankMet } from './match/rank-met.ts'
export { rematchAll, type RematchResult } from './match/rematch.ts'
export { createScorer, type Scorer } from './match/scoring.ts'
export { wakeDeferred } from './match/wake-deferred.ts'
export {
  currentWeights,
  listWeights,
  promoteWeights,
  refit,
  rollBackWeights,
  type RefitReport,
  type WeightsLine
} from './learning/refit.ts'
export { Priorities } from './review/priorities-schema.ts'
export { readPriorities } from './review/read-priorities.ts'
export { LearningError } from './errors.ts'
export { matchingMigrations, matchingRole, matchingSchema } from './migrations.ts'
export { openMatching, type MatchingParts, type OpenMatching } from './open-matching.ts'
