export { createMeilisearchDouble, type DoubleFault, type MeilisearchDouble } from './create-meilisearch-double.ts'
export { parseFilter, type FilterNode } from './filter-language.ts'
