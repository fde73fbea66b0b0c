import { keyOf, type DocumentVector, type RecordVector } from '../search-document.ts'

/** The one embedder of an index; the vectors are made by others. */
export const embedderName = 'meaning'

/** `null` says that there is none; saying nothing would fail the whole task. */
export type StoredVector = {
  _vectors: { [embedderName]: number[] | null }
  vectorSpace: string | null
  vectorStamp: string | null
}

export const noVector: StoredVector = { _vectors: { [embedderName]: null }, vectorSpace: null, vectorStamp: null }

export const storedVector = (vector: DocumentVector | undefined): StoredVector =>
  vector === undefined
    ? noVector
    : { _vectors: { [embedderName]: numbersOf(vector.values) }, vectorSpace: vector.space, vectorStamp: vector.stamp }

/** What is changed of a document that is there already. */
export type VectorPart = StoredVector & { key: string }

export const vectorPart = ({ vector, ...ref }: RecordVector): VectorPart => ({ key: keyOf(ref), ...storedVector(vector) })

const digits = 8

/** As many digits as a float32 has; written out as a float64 each would be twice as long. */
export const numbersOf = (values: ArrayLike<number>): number[] => Array.from(values, (value) => Number(value.toPrecision(digits)))

/** The vector of a fetched document, as it is to be written again. */
export type FetchedVector = { key: string; vectorSpace?: string | null; vectorStamp?: string | null } & {
  _vectors?: { [embedderName]?: { embeddings?: number[][] } }
}

export function vectorAsFetched({ vectorSpace, vectorStamp, _vectors }: FetchedVector): StoredVector {
  const values = _vectors?.[embedderName]?.embeddings?.[0]
  if (!values || typeof vectorSpace !== 'string' || typeof vectorStamp !== 'string') return noVector
  return { _vectors: { [embedderName]: values }, vectorSpace, vectorStamp }
}
