import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Side, Weights } from './types.ts'

/** A text as both roles of an embedding model see it, each of length 1. */
export type RoleVectors = { query: Float32Array; passage: Float32Array }

/** Vectors of one embedding model that may be compared with each other, and how they lie among themselves. */
export type EmbeddingSpace = {
  id: string
  /** Closeness of texts that have nothing to do with each other: its mean and its standard deviation. */
  centre: number
  deviation: number
}

/** What one record means to an embedding model. */
export type Meaning = {
  space: EmbeddingSpace
  /** A demand as it asks and answers, a technology as it answers and asks: their product is the mean of both directions. */
  vector: Float32Array
  /**
   * Mean similarity to its nearest reference texts of the other side, by the share that is taken off for it: whatever is near to
   * everything says little (hubness).
   */
  nearness: number
}

/** A space with the reference texts of both sides, against which nearness is told. */
export type ReferencedSpace = EmbeddingSpace & { nearnessOf: (side: Side, vector: Float32Array) => number }

export type ReferenceTexts = Record<Side, string[]>
export type ReferenceVectors = Record<Side, Float32Array[]>

const shipped = fileURLToPath(new URL('../weights/reference-texts.tsv', import.meta.url))
let reference: (ReferenceTexts & { hash: string }) | undefined

/** Short needs and offers from every field in the seven languages. They stay the same whatever is published, so a pair keeps its score. */
export function referenceTexts(): ReferenceTexts & { hash: string } {
  if (reference) return reference
  const file = readFileSync(shipped, 'utf8')
  const lines = file
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => line.split('\t'))
  const of = (side: Side) => lines.flatMap(([name, _language, text]) => (name === side && text ? [text] : []))
  const hash = createHash('sha256').update(file).digest('hex').slice(0, 8)
  return (reference = { demand: of('demand'), technology: of('technology'), hash })
}

/** Vectors with another id come from another model, or are measured by other reference texts. */
export const spaceIdOf = (modelId: string, { embedding }: Pick<Weights, 'embedding'>): string =>
  `${modelId} ${referenceTexts().hash}/${embedding.neighbours}/${hubnessOf('demand', embedding)}-${hubnessOf('technology', embedding)}`

const hubnessOf = (side: Side, { hubness }: Weights['embedding']): number => hubness?.[side] ?? 1

export function meaningVector(side: Side, { query, passage }: RoleVectors): Float32Array {
  const [first, second] = side === 'demand' ? [query, passage] : [passage, query]
  const vector = new Float32Array(first.length + second.length)
  vector.set(first)
  vector.set(second, first.length)
  for (let at = 0; at < vector.length; at++) vector[at] = (vector[at] ?? 0) * Math.SQRT1_2
  return vector
}

/**
 * The space of a model: nearness is the mean similarity to the nearest reference texts of the other side, and closeness (twice the
 * similarity less both nearnesses) is CSLS (Conneau et al. 2018) with a reference that stays, so that it depends on the pair alone.
 */
export function createSpace(id: string, vectors: ReferenceVectors, { embedding }: Pick<Weights, 'embedding'>): ReferencedSpace {
  const nearnessOf = (side: Side, vector: Float32Array) =>
    hubnessOf(side, embedding) * nearestMean(vector, side === 'demand' ? vectors.technology : vectors.demand, embedding.neighbours)
  const nearness = {
    demand: vectors.demand.map((vector) => nearnessOf('demand', vector)),
    technology: vectors.technology.map((vector) => nearnessOf('technology', vector))
  }
  const values = vectors.demand.flatMap((demand, row) =>
    vectors.technology.map(
      (technology, column) => 2 * dotProduct(demand, technology) - (nearness.demand[row] ?? 0) - (nearness.technology[column] ?? 0)
    )
  )
  const centre = meanOf(values)
  const deviation = Math.sqrt(meanOf(values.map((value) => (value - centre) ** 2))) || 1
  return { id, centre, deviation, nearnessOf }
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)

function nearestMean(vector: Float32Array, others: readonly Float32Array[], neighbours: number): number {
  const similarities = others.map((other) => dotProduct(vector, other)).sort((a, b) => b - a)
  return meanOf(similarities.slice(0, neighbours))
}

/** Always in the same order, so that equal vectors give equal sums to the last bit. */
export function dotProduct(a: Float32Array, b: Float32Array): number {
  let [first, second, third, fourth] = [0, 0, 0, 0]
  const whole = a.length - (a.length % 4)
  for (let at = 0; at < whole; at += 4) {
    first += (a[at] as number) * (b[at] as number)
    second += (a[at + 1] as number) * (b[at + 1] as number)
    third += (a[at + 2] as number) * (b[at + 2] as number)
    fourth += (a[at + 3] as number) * (b[at + 3] as number)
  }
  for (let at = whole; at < a.length; at++) first += (a[at] as number) * (b[at] as number)
  return first + second + (third + fourth)
}
