import { meaningSimilarity } from './embedding-similarity.ts'
import type { Meaning } from './embedding-space.ts'
import type { Shelf } from './shelf.ts'
import type { Weights } from './types.ts'

/** Records of a shelf near enough in meaning to be candidates by that alone, with their similarity: an exact scan over all vectors. */
export function nearInMeaning(shelf: Shelf, meaning: Meaning | undefined, weights: Weights): Map<number, number> {
  const near = new Map<number, number>()
  if (!meaning) return near
  for (let slot = 0; slot < shelf.slots(); slot++) {
    // Similarity is the same from both sides.
    const similarity = meaningSimilarity(meaning, shelf.meaningAt(slot), weights)
    if (similarity !== undefined && similarity >= weights.embedding.candidateMin) near.set(slot, similarity)
  }
  return near
}
