import { featureNames, type Weights } from '@siku/matcher'

const conceptFeatures: readonly string[] = ['coverage', 'focus', 'mutual', 'evidence']
/** Postings hold 32-bit floats and values are rounded; the floor leaves room for both. */
const slack = 0.001

/**
 * The least candidate score (the concept part of the log-odds) with which a pair can still reach the threshold, if everything else
 * speaks for it. Features lie between 0 and 1, so pairs below need no scoring, and none of the match set is lost.
 */
export function candidateFloor(weights: Weights): number {
  const threshold = weights.thresholdMillionths / 1_000_000
  let rest = weights.bias
  for (const feature of featureNames) {
    const { weight, baseline } = weights.features[feature]
    rest += (conceptFeatures.includes(feature) ? 0 : Math.max(weight, 0)) - weight * baseline
  }
  return Math.log(threshold / (1 - threshold)) - rest - slack
}
