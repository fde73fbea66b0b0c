import type { LibraryName } from '@siku/contracts'
import { keyOf, type RecordRef } from './search-document.ts'
import type { SearchIndex, TruthEntry } from './search-index.ts'

/** What should be in the index; `accessHash` and `readingHash` are compared where they are given. */
export type ExpectedEntry = RecordRef & { version: number; hash: string; accessHash?: string; readingHash?: string | undefined }

/** `stale`: the index has an older version; `future`: a newer one, as after a restore of the database; `wrong-reading`: read with
 * another vocabulary. */
export type DriftKind = 'missing' | 'extra' | 'stale' | 'future' | 'wrong-hash' | 'wrong-access' | 'wrong-reading'
export type Drift = RecordRef & { kind: DriftKind; expected: ExpectedEntry | null; found: TruthEntry | null }

/** Every difference between what the index says it holds, of some libraries or of all, and what it should hold. */
export async function* compareTruth(
  index: Pick<SearchIndex, 'truth'>,
  expected: AsyncIterable<ExpectedEntry>,
  libraries?: readonly LibraryName[]
): AsyncGenerator<Drift> {
  const found = new Map<string, TruthEntry>()
  for await (const entry of index.truth(libraries)) found.set(keyOf(entry), entry)
  for await (const wanted of expected) {
    const key = keyOf(wanted)
    const held = found.get(key) ?? null
    found.delete(key)
    const kind = driftKind(wanted, held)
    if (kind !== null) yield { kind, library: wanted.library, id: wanted.id, expected: wanted, found: held }
  }
  for (const held of found.values()) yield { kind: 'extra', library: held.library, id: held.id, expected: null, found: held }
}

function driftKind(wanted: ExpectedEntry, held: TruthEntry | null): DriftKind | null {
  if (held === null) return 'missing'
  if (held.version < wanted.version) return 'stale'
  if (held.version > wanted.version) return 'future'
  if (wanted.accessHash !== undefined && held.accessHash !== wanted.accessHash) return 'wrong-access'
  if (held.hash !== wanted.hash) return 'wrong-hash'
  return (wanted.readingHash ?? held.readingHash) === held.readingHash ? null : 'wrong-reading'
}
