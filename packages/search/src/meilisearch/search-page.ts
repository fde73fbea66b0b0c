import { sortCounts } from '../facet-counts.ts'
import { roundScore } from '../order.ts'
import { pageOf, type Found } from '../page-of.ts'
import { queryFilter } from '../query-filter.ts'
import { asksNothing, queryWords } from '../query-words.ts'
import type { FacetName } from '../search-document.ts'
import { searchDepthMax, type FacetCounts, type SearchPage, type SearchQuery } from '../search-query.ts'
import { matchWords } from '../word-match.ts'
import type { Engine } from './engine.ts'
import { filterText } from './filter-text.ts'
import { isCut, searchLegs } from './search-legs.ts'
import type { StoredDocument } from './stored-document.ts'

export function searchMeilisearch(engine: Engine, uid: string, query: SearchQuery): Promise<SearchPage> {
  return asksNothing(query) ? browsePage(engine, uid, query) : findPage(engine, uid, query)
}

/** Nothing is asked for: the engine itself filters, counts and orders. */
async function browsePage(engine: Engine, uid: string, query: SearchQuery): Promise<SearchPage> {
  const filter = filterText(queryFilter(query))
  const facets = query.facets ?? []
  const response = await engine.read('searching', (client) =>
    client.index<StoredDocument>(uid).search('', {
      limit: query.limit,
      offset: query.offset ?? 0,
      sort: ['changedAt:desc', 'key:asc'],
      facets: facets.map((name) => `facets.${name}`),
      attributesToRetrieve: ['library', 'id', 'version'],
      ...(filter === undefined ? {} : { filter })
    })
  )
  const counts = facets.map((name): [FacetName, { value: string; count: number }[]] => [
    name,
    sortCounts(Object.entries(response.facetDistribution?.[`facets.${name}`] ?? {}))
  ])
  return {
    hits: response.hits.map(({ library, id, version }) => ({ library, id, version, score: 0, highlights: [] })),
    total: response.estimatedTotalHits,
    totalIsExact: true,
    facets: Object.fromEntries(counts) as FacetCounts
  }
}

/** Candidates from every leg, then the same filter again on what is fetched: access may have changed in between. */
async function findPage(engine: Engine, uid: string, query: SearchQuery): Promise<SearchPage> {
  const words = queryWords(query)
  const { keys, isExact } = await candidates(engine, uid, query, words)
  const documents = await fetchDocuments(engine, uid, query, keys)
  const found = documents.map((document) => scoreDocument(document, words, query.concepts)).filter(({ score }) => score > 0)
  return pageOf(found, query, isExact)
}

async function candidates(engine: Engine, uid: string, query: SearchQuery, words: readonly string[]) {
  const legs = searchLegs({ uid, filter: queryFilter(query), words, concepts: query.concepts })
  const { results } = await engine.read('searching', (client) =>
    client.multiSearch<{ queries: typeof legs }, { key: string }>({ queries: legs })
  )
  const found = new Map<string, number>()
  for (const { hits } of results) for (const { key } of hits) found.set(key, (found.get(key) ?? 0) + 1)
  // Found by more legs first, so that a cut takes what is least likely to be wanted.
  const keys = [...found].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([key]) => key)
  return { keys: keys.slice(0, searchDepthMax), isExact: keys.length <= searchDepthMax && !results.some(({ hits }) => isCut(hits.length)) }
}

const needed = [
  'key',
  'library',
  'id',
  'version',
  'title',
  'summary',
  'description',
  'more',
  'marks',
  'titleTerms',
  'bodyTerms',
  'concepts',
  'facets',
  'changedAt'
]

async function fetchDocuments(engine: Engine, uid: string, query: SearchQuery, ids: readonly string[]): Promise<StoredDocument[]> {
  if (ids.length === 0) return []
  const filter = filterText(queryFilter(query))
  // Not getDocuments: without a filter the client would put a thousand ids into the address.
  const { results } = await engine.read('reading what was found', (client) =>
    client.httpRequest.post<{ results: StoredDocument[] }>({
      path: `indexes/${uid}/documents/fetch`,
      body: { ids, fields: needed, limit: ids.length, ...(filter === undefined ? {} : { filter }) }
    })
  )
  return results
}

/** Words and concepts weigh the same where the query has both: a translated query is all concepts, a model number all words. */
function scoreDocument(document: StoredDocument, words: readonly string[], concepts: SearchQuery['concepts']): Found {
  const held = new Set(document.concepts)
  const shared = concepts.filter(({ id, weight }) => weight > 0 && held.has(id))
  const asked = concepts.reduce((sum, { weight }) => sum + Math.max(weight, 0), 0)
  const byConcepts = asked > 0 ? shared.reduce((sum, { weight }) => sum + weight, 0) / asked : 0
  const byWords = matchWords(words, document)
  const parts = (words.length > 0 ? 1 : 0) + (concepts.length > 0 ? 1 : 0)
  return {
    key: document.key,
    document,
    score: roundScore((byWords.score + byConcepts) / Math.max(parts, 1)),
    tokens: new Set([...byWords.tokens, ...shared.map(({ id }) => id)])
  }
}
