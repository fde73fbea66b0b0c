import { meaningSimilarity } from './embedding-similarity.ts'
import { placeOf } from './feature-places.ts'
import { fieldFeatures, fieldGainMax, writeFields } from './field-features.ts'
import { termOverlap } from './term-overlap.ts'
import { featureNames, type FeatureName, type MatchSide, type Weights } from './types.ts'

/** Whether a pair of this candidate score can still reach the threshold, from what costs least to know. */
export type ScreenPair = (demand: MatchSide, technology: MatchSide, candidateScore: number) => boolean

const byCandidateScore: readonly FeatureName[] = ['coverage', 'focus', 'mutual', 'evidence', 'topics']
const bySimilarity: readonly FeatureName[] = ['embedding', 'embedding-missing']
/** Rounding of the values, and of the weights that lists keep. */
const slack = 0.01

/** What the threshold asks for, in log-odds. */
function neededLogOdds({ thresholdMillionths }: Weights): number {
  const threshold = thresholdMillionths / 1_000_000
  return Math.log(threshold / (1 - threshold))
}

/** Bias and baselines, and the best that the features besides those named can add. */
function bestBesides(named: readonly FeatureName[], { bias, features }: Weights): number {
  let logOdds = bias + slack
  for (const feature of featureNames) {
    const { weight, baseline } = features[feature]
    logOdds += (named.includes(feature) ? 0 : Math.max(0, weight)) - weight * baseline
  }
  return logOdds
}

/** What concepts and fields together have to bring, before baselines, if everything else spoke for the pair and its meaning is not near. */
export const neededOfConceptsAndFields = (weights: Weights): number => {
  const { features, embedding } = weights
  const meaning = Math.max(features.embedding.weight * embedding.candidateMin, features['embedding-missing'].weight)
  return neededLogOdds(weights) - bestBesides([...byCandidateScore, ...bySimilarity, ...fieldFeatures], weights) - meaning
}

/**
 * Most candidates fall short by what their fields or their words say. Whatever is not looked at counts at its best, so no pair is turned
 * away that would reach the threshold.
 */
export function createScreen(weights: Weights): ScreenPair {
  const { features } = weights
  const best = (feature: FeatureName) => Math.max(0, features[feature].weight)
  const start = bestBesides([...byCandidateScore, ...bySimilarity, ...fieldFeatures, 'terms'], weights)
  const needed = neededLogOdds(weights)
  const fieldPlaces = fieldFeatures.map((feature) => ({ place: placeOf[feature], weight: fieldGainMax(feature, weights) }))
  const values = new Float64Array(featureNames.length)

  return (demand, technology, candidateScore) => {
    const similarity = meaningSimilarity(demand.meaning, technology.meaning, weights)
    const meaning = similarity === undefined ? features['embedding-missing'].weight : features.embedding.weight * similarity
    values.fill(0)
    writeFields(values, demand, technology)
    let most = start + candidateScore + meaning
    for (const { place, weight } of fieldPlaces) most += weight * (values[place] ?? 0)
    if (most + best('terms') < needed) return false
    return most + features.terms.weight * termOverlap(demand.annotation, technology.annotation) >= needed
  }
}
