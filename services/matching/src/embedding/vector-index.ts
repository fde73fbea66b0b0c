import { meaningSimilarity, type Meaning, type Side, type Weights } from '@siku/matcher'
import type { KnownVector, VectorTaker } from './vector-copy.ts'

export type VectorIndex = VectorTaker & {
  find: (id: string) => KnownVector | undefined
  /** The nearest counterparts of a record that are candidates by their meaning alone, best first: an exact scan. */
  near: (side: Side, meaning: Meaning, limit: number) => { ids: string[]; cut: boolean }
}

/** The vectors alone, for a process that keeps no copy of the records. */
export function createVectorIndex(weights: Weights): VectorIndex {
  const known = new Map<string, KnownVector>()
  return {
    take: (vector) => void known.set(vector.recordId, vector),
    dropAll: () => known.clear(),
    find: (id) => known.get(id),
    near: (side, meaning, limit) => {
      const met: { id: string; similarity: number }[] = []
      for (const other of known.values()) {
        if (other.side === side) continue
        const similarity = meaningSimilarity(meaning, other.meaning, weights)
        if (similarity !== undefined && similarity >= weights.embedding.candidateMin) met.push({ id: other.recordId, similarity })
      }
      met.sort((a, b) => b.similarity - a.similarity || (a.id < b.id ? -1 : 1))
      return { ids: met.slice(0, limit).map(({ id }) => id), cut: met.length > limit }
    }
  }
}
