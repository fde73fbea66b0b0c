import type { LibraryName } from '@siku/contracts'
import type { FacetName, Span } from './search-document.ts'
import type { Reader } from './reader-filter.ts'

/** Codes within one facet are alternatives; facets narrow each other. */
export type SearchFilters = { [F in FacetName]?: readonly string[] } & {
  ids?: readonly string[]
  openForInterest?: boolean
  /** Days since 1970-01-01; leaves out what had expired before. */
  validOn?: number
}

export type SearchQuery = {
  /** What the reader typed; used for words only where `terms` is empty. */
  text?: string
  /** Normal forms of the query, in its order; the last one may be unfinished. */
  terms: readonly string[]
  concepts: readonly { id: string; weight: number }[]
  filters?: SearchFilters
  reader: Reader
  facets?: readonly FacetName[]
  limit: number
  offset?: number
  /** Relevance where the query says anything, else newest first. */
  sort?: 'relevance' | 'newest'
}

export type SearchHit = { library: LibraryName; id: string; version: number; score: number; highlights: Span[] }
export type FacetCounts = Partial<Record<FacetName, { value: string; count: number }[]>>

export type SearchPage = {
  hits: SearchHit[]
  total: number
  /** False where the engine stopped looking before the end; `total` and `facets` are then lower bounds. */
  totalIsExact: boolean
  facets: FacetCounts
}

/** Deepest hit that can be paged to; beyond it a narrower query is the answer. */
export const searchDepthMax = 1_000
