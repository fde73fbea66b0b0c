export { EditionMismatchError, WeightsInvalidError } from './errors.ts'
export { filterReasons, findFilterReason, passesHardFilters, type FilterReason } from './hard-filters.ts'
export { byScoreThenId, matchAll } from './match-all.ts'
export { liesInPlanRegion } from './plan-regions.ts'
export { createPostings, type Candidate, type Candidates, type Postings } from './postings.ts'
export { candidateFloor, checkWeights, readWeights, sigmoidMillionths } from './read-weights.ts'
export { renderExplanation, type RenderedExplanation, type RenderOptions } from './render-explanation.ts'
export { scoreFacts, scoreOfFeatures, type PairScore } from './score-facts.ts'
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
