import type { StoredFields } from './evaluate-filter.ts'
import { errorOf, type TaskError } from './task-queue.ts'

/** Of the one source the search package uses: vectors come with the documents. */
export type DoubleEmbedders = Record<string, { source: 'userProvided'; dimensions: number }>
type Given = Record<string, number[] | null>
type Pair = { document: StoredFields; held: StoredFields | undefined }

export const embeddersOf = ({ settings }: { settings: Record<string, unknown> }): DoubleEmbedders =>
  (settings['embedders'] ?? {}) as DoubleEmbedders

/** Settings are merged by embedder; `null` takes one away. */
export function mergeEmbedders(held: DoubleEmbedders, asked: Record<string, DoubleEmbedders[string] | null>): DoubleEmbedders {
  const merged = Object.entries({ ...held, ...asked }).filter(([, embedder]) => embedder !== null)
  return Object.fromEntries(merged) as DoubleEmbedders
}

/** Why the engine will not take what a document brings: no word of its vector where it is new, or one of another length. */
export function vectorRefusal(embedders: DoubleEmbedders, key: string, { document, held }: Pair): TaskError | null {
  for (const [name, { dimensions }] of Object.entries(embedders)) {
    const given = (document['_vectors'] as Given | undefined)?.[name]
    if (given === undefined && held === undefined)
      return errorOf(
        'vector_embedding_error',
        `While embedding documents for embedder \`${name}\`: no vectors provided for document \`${key}\``
      )
    if (given && given.length !== dimensions)
      return errorOf(
        'invalid_vector_dimensions',
        `Invalid vector dimensions in document with id \`${key}\`: embedding has ${given.length}, embedder \`${name}\` requires ${dimensions}`
      )
  }
  return null
}

/** A document that says nothing of its vectors keeps those it had. */
export function keepVectors(document: StoredFields, held: StoredFields | undefined): StoredFields {
  const vectors = { ...(held?.['_vectors'] as Given | undefined), ...(document['_vectors'] as Given | undefined) }
  return Object.keys(vectors).length === 0 ? document : { ...document, _vectors: vectors }
}

/** As the engine shows it when asked to; else it shows none. */
export function shownVectors({ _vectors, ...document }: StoredFields, isAsked: boolean): StoredFields {
  if (!isAsked || _vectors === undefined) return document
  const shown = Object.entries(_vectors as Given).map(([name, vector]) => [name, { embeddings: vector ? [vector] : [], regenerate: false }])
  return { ...document, _vectors: Object.fromEntries(shown) as unknown }
}

/** All documents with the score by their vector, best first: those without one score nothing. */
export function byVector(
  documents: readonly StoredFields[],
  name: string,
  vector: readonly number[]
): { document: StoredFields; score: number }[] {
  const scored = documents.map((document) => {
    const held = (document['_vectors'] as Given | undefined)?.[name]
    return {
      document,
      score: held?.length === vector.length ? (1 + product(held, vector) / Math.sqrt(product(held, held) * product(vector, vector))) / 2 : 0
    }
  })
  return scored.sort((a, b) => b.score - a.score)
}

const product = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0)
