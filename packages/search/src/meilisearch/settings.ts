import type { Settings } from 'meilisearch'
import { searchDepthMax } from '../search-query.ts'

/** Shape of stored documents and settings. A change of either is a new number, so that two releases can run side by side. */
export const indexGeneration = 3

const equality = { facetSearch: false, filter: { equality: true, comparison: false } }
const comparison = { facetSearch: false, filter: { equality: true, comparison: true } }

/** Words are brought in normal form by us, in every language, so that both adapters find the same. */
export const indexSettings: Settings = {
  searchableAttributes: ['titleTerms', 'bodyTerms'],
  filterableAttributes: [
    { attributePatterns: ['access.validUntil'], features: comparison },
    { attributePatterns: ['id', 'concepts', 'impactTokens', 'vectorSpace', 'facets.*', 'access.*'], features: equality }
  ],
  sortableAttributes: ['changedAt', 'key', 'position'],
  rankingRules: ['words', 'typo', 'attribute', 'sort', 'exactness'],
  typoTolerance: { enabled: true, disableOnNumbers: true, minWordSizeForTypos: { oneTypo: 5, twoTypos: 9 } },
  pagination: { maxTotalHits: 100 * searchDepthMax },
  faceting: { maxValuesPerFacet: 500 },
  proximityPrecision: 'byAttribute',
  searchCutoffMs: 1_500
}
