import { accessHash } from '../access-hash.ts'
import { checkCandidateQuery } from '../candidate-query.ts'
import { checkQuery } from '../check-query.ts'
import { pageOf } from '../page-of.ts'
import { createPositionClock } from '../position-clock.ts'
import { queryFilter } from '../query-filter.ts'
import { emptyWriteResult, type SearchIndex } from '../search-index.ts'
import { meetRecords } from './meet-records.ts'
import { findRecords } from './find-records.ts'
import { createShelves } from './shelves.ts'

/** The search of one process, in its memory, fed from `published.document`; it is thrown away with the process. */
export function createEmbeddedIndex(): SearchIndex {
  const clock = createPositionClock()
  const shelves = createShelves()

  return {
    kind: 'embedded',
    async put(documents) {
      for (const document of documents) shelves.put(document)
      // Only when all of them can be found: a waiter may search at once.
      for (const { library, position } of documents) clock.reach(library, position)
      return { ...emptyWriteResult(), indexed: documents.map(({ library, id, version }) => ({ library, id, version })) }
    },
    async remove(removals) {
      for (const removal of removals) shelves.remove(removal)
      for (const { library, position } of removals) clock.reach(library, position ?? 0)
      return { ...emptyWriteResult(), indexed: removals.map(({ library, id }) => ({ library, id, version: null })) }
    },
    async search(query) {
      checkQuery(query)
      return pageOf(findRecords(shelves.live(), query, queryFilter(query)), query, true)
    },
    async candidates(query) {
      checkCandidateQuery(query)
      return meetRecords(shelves.live(), query)
    },
    async *truth(libraries) {
      for (const { library, id, version, hash, access } of [...shelves.live().documents.values()]) {
        if (libraries?.includes(library) ?? true) yield { library, id, version, hash, accessHash: accessHash(access) }
      }
    },
    async rebuild(documents) {
      const result = emptyWriteResult()
      await shelves.refill(documents(), ({ library, id, version }) => void result.indexed.push({ library, id, version }))
      for (const { library, position } of shelves.live().documents.values()) clock.reach(library, position)
      return result
    },
    async clear() {
      shelves.clear()
      clock.reset()
    },
    recover: async () => ({ applied: 0, notApplied: 0, failed: 0 }),
    position: async (library) => clock.at(library),
    waitFor: (library, position, timeoutMs) => clock.waitFor(library, position, timeoutMs),
    health: async () => ({ ok: true, documents: shelves.live().documents.size }),
    async close() {
      clock.close()
    }
  }
}
