export { closenessOf, type Closeness } from './dossier-closeness.ts'
export { scoreInstitution, servedAs } from './dossier-institutions.ts'
export { dossierWeights, readDossierWeights, type DossierWeights } from './dossier-weights.ts'
export { isSimilar, nearestPlace, type Placed } from './dossier-place.ts'
export { bestEntries, dossierPlaces, scorePrecedent, type DossierDemand } from './dossier-precedents.ts'
export { dossierMessage, institutionSentence, precedentSentence } from './dossier-sentences.ts'
export { neededServices } from './dossier-services.ts'
export type {
  DossierEntry,
  DossierPlace,
  Institution,
  InstitutionReasons,
  Precedent,
  PrecedentReasons,
  SharedConcept
} from './dossier-types.ts'
export { askedImpacts, canReachBy, type AskedImpact } from './asked-impacts.ts'
export { cardScorer, impactsOf, writeCard, type Impact } from './candidate-card.ts'
export { EditionMismatchError, WeightsInvalidError } from './errors.ts'
export { meaningSimilarity } from './embedding-similarity.ts'
export {
  createSpace,
  dotProduct,
  meaningVector,
  referenceTexts,
  spaceIdOf,
  type EmbeddingSpace,
  type Meaning,
  type ReferencedSpace,
  type ReferenceTexts,
  type ReferenceVectors,
  type RoleVectors
} from './embedding-space.ts'
export { embeddedText } from './embedding-text.ts'
export { filterReasons, findFilterReason, passesHardFilters, type FilterReason } from './hard-filters.ts'
export { likenessOf } from './likeness.ts'
export { byScoreThenId, matchAll } from './match-all.ts'
export {
  missingFacts,
  questionTopics,
  type FactPair,
  type MissingFact,
  type QuestionCriterion,
  type QuestionFigure,
  type QuestionTopic
} from './missing-facts.ts'
export { liesInPlanRegion } from './plan-regions.ts'
export { createPostings, type Candidate, type Candidates, type Postings } from './postings.ts'
export { candidateFloor } from './reach.ts'
export { checkWeights, readWeights, sigmoidMillionths } from './read-weights.ts'
export { meanLoss, refitWeights, type RefitOptions, type Sample } from './refit-weights.ts'
export { renderCap, renderExplanation, type RenderedExplanation, type RenderOptions } from './render-explanation.ts'
export { renderQuestion } from './render-question.ts'
export { scoreFacts, scoreOfFeatures, type PairScore } from './score-facts.ts'
export { createScreen, type ScreenPair } from './screen-pair.ts'
export { bandOf, scorePair } from './score-pair.ts'
export {
  featureNames,
  type ConceptPair,
  type Contribution,
  type CriterionOutcome,
  type Explanation,
  type FeatureName,
  type Figure,
  type MatchSide,
  type PairFacts,
  type PairRelation,
  type Side,
  type StrengthBand,
  type Weights
} from './types.ts'
