import { serviceActor } from '@siku/contracts'
import type { Database } from '@siku/db'
import { SearchUnavailableError, type SearchIndex } from '@siku/search'
import type { Logger } from '@siku/service-kit'
import { engineSpace, heldVector } from './engine-vector.ts'
import { currentSpaceId } from './space-store.ts'
import type { VectorReader } from './vector-reader.ts'
import { placesOfVectors } from './vector-store.ts'

export type CarryContext = { db: Database; index: Pick<SearchIndex, 'vectors' | 'putVectors'>; read: VectorReader; log: Logger }

const actor = serviceActor('service:match', 'carry-vectors')
const perTask = 500

/**
 * Gives the shared index the vectors it lacks of these records, and returns when they can be found. To be called before the records are
 * matched: of two whose vectors come at once, the later one's run then finds the pair. Returns how many it gave.
 */
export async function carryVectors({ db, index, read, log }: CarryContext, recordIds: readonly string[]): Promise<number> {
  const { space, wanted } = await db.withRead(actor, async (tx) => ({
    space: await currentSpaceId(tx),
    wanted: await placesOfVectors(tx, recordIds)
  }))
  if (space === undefined || wanted.size === 0) return 0
  for await (const { id, stamp } of index.vectors(engineSpace(space), [...wanted.keys()])) {
    if (wanted.get(id) === stamp) wanted.delete(id)
  }
  return give({ db, index, read, log }, [...wanted.keys()])
}

async function give({ db, index, read, log }: CarryContext, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0
  const vectors = await db.withRead(actor, (tx) => read(tx, ids))
  const given = vectors.map((vector) => ({ library: vector.library, id: vector.recordId, vector: heldVector(vector) }))
  const { poisoned, notApplied } = await index.putVectors(given)
  if (notApplied.length > 0) throw new SearchUnavailableError('giving records their vectors', new Error(notApplied[0]?.cause))
  for (const { library, id: recordId, cause } of poisoned)
    log.warn(
      { event: 'embed.index-refused', library, recordId, cause },
      'the search engine refused a vector; the record is found by concepts'
    )
  return given.length
}

/** Every vector of the current space the index lacks, after it was lost or built anew: found by asking both. Returns how many it gave. */
export async function carryMissingVectors(ctx: CarryContext): Promise<number> {
  const { space, wanted } = await ctx.db.withRead(actor, async (tx) => ({
    space: await currentSpaceId(tx),
    wanted: await placesOfVectors(tx)
  }))
  if (space === undefined) return 0
  for await (const { id, stamp } of ctx.index.vectors(engineSpace(space))) if (wanted.get(id) === stamp) wanted.delete(id)
  const missing = [...wanted.keys()]
  let given = 0
  for (let at = 0; at < missing.length; at += perTask) given += await carryVectors(ctx, missing.slice(at, at + perTask))
  return given
}
