import type { FacetName, SearchFacets } from './search-document.ts'
import type { FacetCounts } from './search-query.ts'

/** Counts codes over the given records: most frequent first, then by code. */
export function countFacets(names: readonly FacetName[], found: Iterable<{ document: { facets: SearchFacets } }>): FacetCounts {
  const counters = names.map((name) => ({ name, counts: new Map<string, number>() }))
  for (const { document } of found) {
    for (const { name, counts } of counters) {
      for (const value of valuesOf(document.facets[name])) counts.set(value, (counts.get(value) ?? 0) + 1)
    }
  }
  return Object.fromEntries(counters.map(({ name, counts }) => [name, sortCounts(counts)]))
}

export function sortCounts(counts: Iterable<[string, number]>): { value: string; count: number }[] {
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
}

function valuesOf(value: string | readonly string[] | null): Iterable<string> {
  if (value === null) return []
  return typeof value === 'string' ? [value] : new Set(value)
}
