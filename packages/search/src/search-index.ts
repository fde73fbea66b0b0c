import type { LibraryName } from '@siku/contracts'
import type { RecordRef, RecordVector, Removal, SearchDocument } from './search-document.ts'
import type { CandidateQuery, MetRecords } from './candidate-query.ts'
import type { SearchPage, SearchQuery } from './search-query.ts'

/** What the index itself says it holds. */
export type TruthEntry = RecordRef & { version: number; hash: string; accessHash: string; readingHash: string }

export type WriteResult = {
  indexed: (RecordRef & { version: number | null })[]
  /** Refused by the engine for their own content; trying again as they are will not help. */
  poisoned: (RecordRef & { cause: string })[]
  /** Neither applied nor at fault; try again. */
  notApplied: (RecordRef & { cause: string })[]
}

export type Recovery = { applied: number; notApplied: number; failed: number }
export type SearchHealth = { ok: true; documents: number } | { ok: false; cause: string }

/** One search over all libraries, whatever engine answers. Plain data in and out. */
export type SearchIndex = {
  readonly kind: 'embedded' | 'meilisearch'
  /** Resolves when the documents can be found. */
  put(documents: readonly SearchDocument[]): Promise<WriteResult>
  remove(removals: readonly Removal[]): Promise<WriteResult>
  search(query: SearchQuery): Promise<SearchPage>
  /** Gives records their vectors, before `nearest` is asked; a record that is not there is passed over. */
  putVectors(vectors: readonly RecordVector[]): Promise<WriteResult>
  /** Which vectors of a space the index holds, of the given records or of all. */
  vectors(space: string, ids?: readonly string[]): AsyncIterable<RecordRef & { stamp: string }>
  /** The records that may answer one record, by impact; the caller scores them by their cards. */
  candidates(query: CandidateQuery): Promise<MetRecords>
  /** Of the given libraries, else of all. */
  truth(libraries?: readonly LibraryName[]): AsyncIterable<TruthEntry>
  /**
   * Builds a second index beside the one that answers and changes over at once. `documents` gives those of every library, for what it does
   * not give is gone, and may be called more than once.
   */
  rebuild(documents: () => AsyncIterable<SearchDocument>): Promise<WriteResult>
  clear(): Promise<void>
  /** Finishes what an earlier process had asked the engine for; to be called once at start. */
  recover(): Promise<Recovery>
  /** Highest place in the library's change feed that a search can see. */
  position(library: LibraryName): Promise<number>
  /** Rejects with SIKU_SEARCH_BEHIND when the place is not reached in time. */
  waitFor(library: LibraryName, position: number, timeoutMs: number): Promise<void>
  health(): Promise<SearchHealth>
  close(): Promise<void>
}

export const emptyWriteResult = (): WriteResult => ({ indexed: [], poisoned: [], notApplied: [] })

export function mergeWriteResults(into: WriteResult, from: WriteResult): WriteResult {
  into.indexed.push(...from.indexed)
  into.poisoned.push(...from.poisoned)
  into.notApplied.push(...from.notApplied)
  return into
}
