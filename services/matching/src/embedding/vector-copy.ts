import { serviceActor, type LibraryName } from '@siku/contracts'
import type { Database } from '@siku/db'
import { meaningVector, type Meaning, type ReferencedSpace, type Side, type Weights } from '@siku/matcher'
import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { sideOf } from '../match/matchable.ts'
import { currentSpace, currentSpaceId } from './space-store.ts'
import { vectorsAfter, type StoredVector } from './vector-store.ts'

/** A vector as it waits for its record. */
export type KnownVector = { recordId: string; library: LibraryName; version: number; position: number; side: Side; meaning: Meaning }

export type VectorTaker = {
  take: (vector: KnownVector) => void
  /** The current space is another one: nothing that was taken may be compared any more. */
  dropAll: () => void
}

export type VectorCopy = { catchUp: () => Promise<void> }

const actor = serviceActor('service:match', 'vector-copy')
const pageSize = 250

/** Follows the vectors of the current space in the order in which they were stored. Without an embedder it costs one small query. */
export function createVectorCopy(db: Database, weights: Weights, taker: VectorTaker): VectorCopy {
  let space: ReferencedSpace | undefined
  let after = 0

  const read = () =>
    db.withRead(actor, async (tx) => {
      const id = await currentSpaceId(tx)
      const next = id === undefined ? undefined : id === space?.id ? space : await currentSpace(tx, weights)
      const isSame = next?.id === space?.id
      return { next, isSame, rows: next ? await vectorsAfter(tx, { after: isSame ? after : 0, limit: pageSize }) : [] }
    })

  const catchUp = async () => {
    for (;;) {
      const { next, isSame, rows } = await read()
      if (!isSame) {
        taker.dropAll()
        after = 0
      }
      space = next
      for (const row of rows) if (space && row.space === space.id) taker.take(toKnown(row, space))
      after = rows.at(-1)?.position ?? after
      if (rows.length < pageSize) return
      await yieldToOthers()
    }
  }
  return { catchUp }
}

export function toKnown(
  { recordId, library, version, position, query, passage, nearness }: StoredVector,
  space: ReferencedSpace
): KnownVector {
  const side = sideOf(library)
  return { recordId, library, version, position, side, meaning: { space, nearness, vector: meaningVector(side, { query, passage }) } }
}
