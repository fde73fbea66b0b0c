import type { Tx } from '@siku/db'
import type { ReferencedSpace, Weights } from '@siku/matcher'
import { currentSpaceId, findSpace } from './space-store.ts'
import { toKnown, type KnownVector } from './vector-copy.ts'
import { vectorsOf } from './vector-store.ts'

/** Reads vectors of the current space by the ids of their records, for a process that keeps no copy of them. */
export type VectorReader = (tx: Tx, ids: readonly string[]) => Promise<KnownVector[]>

export function createVectorReader(weights: Weights): VectorReader {
  // What makes up a space is large and never changes under its id.
  let known: ReferencedSpace | undefined
  return async (tx, ids) => {
    const id = await currentSpaceId(tx)
    if (id === undefined || ids.length === 0) return []
    const space = known?.id === id ? known : await findSpace(tx, id, weights)
    if (space === undefined) return []
    known = space
    return (await vectorsOf(tx, id, ids)).filter(({ version }) => version > 0).map((row) => toKnown(row, space))
  }
}
