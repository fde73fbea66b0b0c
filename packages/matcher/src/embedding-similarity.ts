import { dotProduct, type Meaning } from './embedding-space.ts'
import type { Weights } from './types.ts'

/**
 * How similar two records are in meaning, 0 to 1: closeness in deviations from that of unrelated texts, between the two ends of the
 * weights file. Undefined where a side has no vector yet, or one of another model: such are never compared.
 */
export function meaningSimilarity(demand: Meaning | undefined, technology: Meaning | undefined, weights: Weights): number | undefined {
  if (!demand || !technology || demand.space.id !== technology.space.id) return undefined
  const { centre, deviation } = demand.space
  const closeness = 2 * dotProduct(demand.vector, technology.vector) - demand.nearness - technology.nearness
  const { unrelated, alike } = weights.embedding
  const value = ((closeness - centre) / deviation - unrelated) / (alike - unrelated)
  return Math.max(0, Math.min(1, value))
}

/** What the meaning adds to the log-odds of a pair, before rounding: nothing where it is not known. */
export function meaningGain(similarity: number | undefined, { features }: Weights): number {
  if (similarity === undefined) return 0
  return features.embedding.weight * (similarity - features.embedding.baseline)
}
