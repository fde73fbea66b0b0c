export { createMeilisearchDouble, type MeilisearchDouble } from './create-meilisearch-double.ts'
export { passesFilter } from './evaluate-filter.ts'
export type { DoubleFault } from './faults.ts'
export { parseFilter, type FilterNode } from './filter-language.ts'
