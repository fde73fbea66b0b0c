import type { LibraryName } from '@siku/contracts'
import { accessHash } from '../access-hash.ts'
import { readingHash } from '../reading-hash.ts'
import type { RecordRef } from '../search-document.ts'
import type { TruthEntry } from '../search-index.ts'
import type { RecordShelf } from './record-shelf.ts'

type Held = Pick<RecordShelf, 'documents'>

/** What is there at the first look; what comes later is not waited for. */
export async function* heldDocuments({ documents }: Held, libraries?: readonly LibraryName[]): AsyncGenerator<TruthEntry> {
  for (const document of [...documents.values()]) {
    const { library, id, version, hash, access } = document
    if (libraries !== undefined && !libraries.includes(library)) continue
    yield { library, id, version, hash, accessHash: accessHash(access), readingHash: readingHash(document) }
  }
}

export async function* heldVectors(
  { documents }: Held,
  space: string,
  ids?: readonly string[]
): AsyncGenerator<RecordRef & { stamp: string }> {
  for (const { library, id, vector } of [...documents.values()]) {
    if (vector?.space === space && (ids?.includes(id) ?? true)) yield { library, id, stamp: vector.stamp }
  }
}
