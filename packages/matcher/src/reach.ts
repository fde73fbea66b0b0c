import { fieldFeatures } from './field-features.ts'
import { featureNames, type FeatureName, type Weights } from './types.ts'

/** What the candidate search knows of a pair. */
export const candidateFeatures: readonly FeatureName[] = ['coverage', 'focus', 'mutual', 'evidence', 'topics']
export const meaningFeatures: readonly FeatureName[] = ['embedding', 'embedding-missing']

/** Rounding of values and of the score, and of the weights that lists keep. */
const slack = 0.01

/** What the threshold asks for, in log-odds. */
export function neededLogOdds({ thresholdMillionths }: Pick<Weights, 'thresholdMillionths'>): number {
  const threshold = thresholdMillionths / 1_000_000
  return Math.log(threshold / (1 - threshold)) - slack
}

/** Bias and all baselines, and the best that every feature can add but those named. */
export function bestBesides(named: readonly FeatureName[], { bias, features }: Weights): number {
  let logOdds = bias
  for (const feature of featureNames) {
    const { weight, baseline } = features[feature]
    logOdds += (named.includes(feature) ? 0 : Math.max(0, weight)) - weight * baseline
  }
  return logOdds
}

/** The most that meaning can add to a pair which is no candidate by its meaning: it is not near, or it is not known how near it is. */
const bestUnseenMeaning = ({ features, embedding }: Weights): number =>
  Math.max(Math.max(0, features.embedding.weight) * embedding.candidateMin, features['embedding-missing'].weight)

/** The best score in log-odds of a pair that shares no concept and no topic, and whose texts are not near. */
export const bestWithoutConcepts = (weights: Weights): number =>
  bestBesides([...candidateFeatures, ...meaningFeatures], weights) + bestUnseenMeaning(weights)

/**
 * The least candidate score (the concept part of the log-odds, before baselines) with which a pair can still reach the threshold, if
 * everything else speaks for it.
 */
export const candidateFloor = (weights: Weights): number => neededLogOdds(weights) - bestWithoutConcepts(weights)

/** The same for candidate score and fields together. */
export const candidateAndFieldFloor = (weights: Weights): number =>
  neededLogOdds(weights) - bestBesides([...candidateFeatures, ...meaningFeatures, ...fieldFeatures], weights) - bestUnseenMeaning(weights)
