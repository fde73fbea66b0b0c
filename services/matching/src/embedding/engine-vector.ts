import type { Meaning } from '@siku/matcher'
import type { DocumentVector, NearestQuery } from '@siku/search'
import { createHash } from 'node:crypto'
import type { KnownVector } from './vector-copy.ts'

/** A model may call itself anything; an index is given letters and figures. */
export const engineSpace = (spaceId: string): string => createHash('sha256').update(spaceId).digest('hex').slice(0, 16)

/** Mean similarities lie within it; a vector beyond would only be ranked too high. */
const nearnessMax = 1

/**
 * An index ranks by angles, and a record that is near to everything must rank lower (see `createSpace`). So nearness becomes a number of
 * the vector, and another makes all vectors equally long, which turns the largest product into the smallest angle (Bachrach et al. 2014).
 */
export function heldVector({ position, meaning }: Pick<KnownVector, 'position' | 'meaning'>): DocumentVector {
  const penalty = Math.min(nearnessMax, Math.abs(meaning.nearness)) / 2
  const rest = Math.sqrt((nearnessMax / 2) ** 2 - penalty ** 2)
  return {
    space: engineSpace(meaning.space.id),
    stamp: String(position),
    values: extended(meaning.vector, -Math.sign(meaning.nearness) * penalty, rest)
  }
}

/** The product with a held vector is that of the meanings less half the nearness of the other; its own is the same for all. */
export const askingVector = ({ space, vector }: Meaning): Pick<NearestQuery, 'space' | 'values'> => ({
  space: engineSpace(space.id),
  values: extended(vector, 1, 0)
})

function extended(vector: Float32Array, ...more: number[]): Float32Array {
  const values = new Float32Array(vector.length + more.length)
  values.set(vector)
  values.set(more, vector.length)
  return values
}
