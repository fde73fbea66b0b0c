import { checkCandidateQuery } from '../candidate-query.ts'
import { checkQuery } from '../check-query.ts'
import { pageOf } from '../page-of.ts'
import { oneLength } from '../one-length.ts'
import { heldDocuments, heldVectors } from './held-documents.ts'
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
      oneLength(documents.map(({ vector }) => vector))
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
    async putVectors(vectors) {
      oneLength(vectors.map(({ vector }) => vector))
      for (const vector of vectors) shelves.putVector(vector)
      return { ...emptyWriteResult(), indexed: vectors.map(({ library, id }) => ({ library, id, version: null })) }
    },
    vectors: (space, ids) => heldVectors(shelves.live(), space, ids),
    async search(query) {
      checkQuery(query)
      return pageOf(findRecords(shelves.live(), query, queryFilter(query)), query, true)
    },
    async candidates(query) {
      checkCandidateQuery(query)
      return meetRecords(shelves.live(), query)
    },
    truth: (libraries) => heldDocuments(shelves.live(), libraries),
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
