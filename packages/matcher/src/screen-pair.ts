import { meaningSimilarity } from './embedding-similarity.ts'
import { placeOf } from './feature-places.ts'
import { fieldFeatures, fieldGainMax, writeFields } from './field-features.ts'
import { bestBesides, candidateFeatures, meaningFeatures, neededLogOdds } from './reach.ts'
import { termOverlap } from './term-overlap.ts'
import { featureNames, type MatchSide, type Weights } from './types.ts'

/** Whether a pair of this candidate score can still reach the threshold, from what costs least to know. */
export type ScreenPair = (demand: MatchSide, technology: MatchSide, candidateScore: number) => boolean

/**
 * Most candidates fall short by what their fields or their words say. Whatever is not looked at counts at its best, so no pair is turned
 * away that would reach the threshold.
 */
export function createScreen(weights: Weights): ScreenPair {
  const { features } = weights
  const bestTerms = Math.max(0, features.terms.weight)
  const start = bestBesides([...candidateFeatures, ...meaningFeatures, ...fieldFeatures, 'terms'], weights)
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
    if (most + bestTerms < needed) return false
    return most + features.terms.weight * termOverlap(demand.annotation, technology.annotation) >= needed
  }
}
