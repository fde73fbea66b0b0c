export { accessHash } from './access-hash.ts'
export {
  candidateIdsMax,
  type CandidateQuery,
  type MetRecord,
  type MetRecords,
  type NearestQuery,
  type NearRecord
} from './candidate-query.ts'
export { all, any, not, oneOf, type Clause } from './clause.ts'
export { compareTruth, type Drift, type DriftKind, type ExpectedEntry } from './compare-truth.ts'
export { createEmbeddedIndex } from './embedded/create-embedded-index.ts'
export * from './errors.ts'
export { createMeilisearchIndex, type MeilisearchOptions } from './meilisearch/create-meilisearch-index.ts'
export type { Intent, IntentItem, IntentOutcome, IntentStore } from './meilisearch/intent-store.ts'
export { readingHash } from './reading-hash.ts'
export { readerFilter, readerOf, type Reader } from './reader-filter.ts'
export {
  facetNames,
  keyOf,
  type DocumentVector,
  type FacetName,
  type Impact,
  type Mark,
  type RecordRef,
  type RecordVector,
  type Removal,
  type SearchAccess,
  type SearchDocument,
  type SearchFacets,
  type Span
} from './search-document.ts'
export { emptyWriteResult, type Recovery, type SearchHealth, type SearchIndex, type TruthEntry, type WriteResult } from './search-index.ts'
export { searchDepthMax, type FacetCounts, type SearchFilters, type SearchHit, type SearchPage, type SearchQuery } from './search-query.ts'
