import type { NearestQuery, NearRecord } from '../candidate-query.ts'
import { roundScore } from '../order.ts'
import { keyOf, type SearchDocument } from '../search-document.ts'

/** The records whose vectors are nearest to the one asked with: an exact scan. */
export function nearRecords(documents: readonly SearchDocument[], { space, values, limit }: NearestQuery): NearRecord[] {
  const length = lengthOf(values)
  const found = documents.flatMap(({ library, id, vector }) => {
    if (vector?.space !== space || vector.values.length !== values.length) return []
    return [{ library, id, cosine: roundScore(product(vector.values, values) / (lengthOf(vector.values) * length)) }]
  })
  return found.sort((a, b) => b.cosine - a.cosine || (keyOf(a) < keyOf(b) ? -1 : 1)).slice(0, limit)
}

const lengthOf = (values: ArrayLike<number>): number => Math.sqrt(product(values, values))

function product(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let at = 0; at < a.length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0)
  return sum
}
