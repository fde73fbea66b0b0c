import type { LibraryName } from '@siku/contracts'
import { oweWork, type Tx } from '@siku/db'

export type Refill = { library: LibraryName; recordIds: Iterable<string>; causeId: string | null }

/** A full list that lost a pair may have room for one that is not stored: its record is matched again, after single postings. */
export async function refillLists(tx: Tx, { library, recordIds, causeId }: Refill): Promise<void> {
  for (const recordId of recordIds) await oweWork(tx, { kind: 'match', library, recordId, cause: 'list.freed', causeId, lane: 1 })
}
