import type { Test } from 'tap'
import type { SearchIndex, SearchPage, SearchQuery } from '../src/index.ts'

export type Open = (t: Test) => Promise<SearchIndex>

export const ask = (index: SearchIndex, query: Partial<SearchQuery>): Promise<SearchPage> =>
  index.search({ terms: [], concepts: [], reader: { kind: 'staff' }, limit: 20, ...query })

export const idsOf = ({ hits }: SearchPage): string[] => hits.map(({ id }) => id)
