import { countFacets } from './facet-counts.ts'
import { highlight } from './highlight.ts'
import { byNewest, byRelevance } from './order.ts'
import { asksNothing, queryWords } from './query-words.ts'
import type { SearchDocument } from './search-document.ts'
import type { SearchPage, SearchQuery } from './search-query.ts'

/** A record that was found, how well, and by which normal forms and concepts. */
export type Found = { key: string; document: SearchDocument; score: number; tokens: ReadonlySet<string> }

/** Orders what was found, counts it, and shows the stretch that was asked for. */
export function pageOf(found: readonly Found[], query: SearchQuery, totalIsExact: boolean): SearchPage {
  const offset = query.offset ?? 0
  const typed = queryWords(query)
  const ranked = found.toSorted(asksNothing(query) || query.sort === 'newest' ? byNewest : byRelevance)
  return {
    hits: ranked.slice(offset, offset + query.limit).map(({ document, score, tokens }) => ({
      library: document.library,
      id: document.id,
      version: document.version,
      score,
      highlights: highlight(document, tokens, typed)
    })),
    total: found.length,
    totalIsExact,
    facets: countFacets(query.facets ?? [], found)
  }
}
