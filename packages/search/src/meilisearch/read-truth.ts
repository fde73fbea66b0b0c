import type { LibraryName } from '@siku/contracts'
import { accessHash } from '../access-hash.ts'
import { oneOf } from '../clause.ts'
import type { TruthEntry } from '../search-index.ts'
import type { Engine } from './engine.ts'
import { filterText } from './filter-text.ts'
import type { StoredDocument } from './stored-document.ts'

const pageSize = 1_000
const fields = ['library', 'id', 'version', 'hash', 'access', 'readingHash'] as const

/** What an index holds of some libraries or of all, page by page, by its own word. */
export async function* readTruth(engine: Engine, uid: string, libraries?: readonly LibraryName[]): AsyncGenerator<TruthEntry> {
  const filter = libraries === undefined ? undefined : filterText(oneOf('facets.library', libraries))
  for (let offset = 0; ; offset += pageSize) {
    const page = { fields: [...fields], limit: pageSize, offset, ...(filter === undefined ? {} : { filter }) }
    const { results } = await engine.write('reading what the index holds', (client) => client.index<StoredDocument>(uid).getDocuments(page))
    for (const { library, id, version, hash, access, readingHash } of results) {
      yield { library, id, version, hash, accessHash: accessHash(access), readingHash }
    }
    if (results.length < pageSize) return
  }
}
