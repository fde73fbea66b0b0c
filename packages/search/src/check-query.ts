import { SearchQueryError } from './errors.ts'
import { searchDepthMax, type SearchQuery } from './search-query.ts'

/** Bounds that hold on every engine, so that a page answered by one is answered by the other. */
export function checkQuery({ limit, offset = 0 }: Pick<SearchQuery, 'limit' | 'offset'>): void {
  if (!Number.isInteger(limit) || limit < 0) throw new SearchQueryError(`limit is ${limit}; it must be a whole number from 0 on`)
  if (!Number.isInteger(offset) || offset < 0) throw new SearchQueryError(`offset is ${offset}; it must be a whole number from 0 on`)
  if (offset + limit > searchDepthMax) {
    throw new SearchQueryError(`offset + limit is ${offset + limit}; pages end at hit ${searchDepthMax}, narrow the query instead`)
  }
}
