import { all, any, oneOf, type Clause } from './clause.ts'
import { readerFilter } from './reader-filter.ts'
import { facetNames } from './search-document.ts'
import type { SearchFilters, SearchQuery } from './search-query.ts'

/** What the reader may see, narrowed by what the reader asked for. */
export const queryFilter = (query: Pick<SearchQuery, 'reader' | 'filters'>): Clause =>
  all(readerFilter(query.reader), ...chosen(query.filters ?? {}))

function chosen(filters: SearchFilters): Clause[] {
  const clauses: Clause[] = []
  for (const name of facetNames) {
    const values = filters[name]
    if (values !== undefined) clauses.push(oneOf(`facets.${name}`, values))
  }
  if (filters.ids !== undefined) clauses.push(oneOf('id', filters.ids))
  if (filters.openForInterest !== undefined) clauses.push(oneOf('access.openForInterest', [filters.openForInterest]))
  if (filters.validOn !== undefined) {
    clauses.push(
      any({ kind: 'null', field: 'access.validUntil' }, { kind: 'at-least', field: 'access.validUntil', value: filters.validOn })
    )
  }
  return clauses
}
