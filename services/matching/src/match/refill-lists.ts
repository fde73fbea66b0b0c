import type { LibraryName } from '@siku/contracts'
import { oweWorkForAll, type Tx } from '@siku/db'

export type Refill = { library: LibraryName; recordIds: readonly string[]; causeId: string | null }

/** A full list that lost a pair may have room for one that is not stored: its record is matched again, after single postings. */
export async function refillLists(tx: Tx, { library, recordIds, causeId }: Refill): Promise<void> {
  await oweWorkForAll(tx, { kind: 'match', library, recordIds, cause: 'list.freed', causeId, lane: 1 })
}
