import { fieldsOf, passesFilter, valueAt, type StoredFields } from './evaluate-filter.ts'
import { FilterSyntaxError, parseFilter } from './filter-language.ts'
import type { DoubleIndex } from './index-store.ts'
import { errorOf, type TaskError } from './task-queue.ts'
import { byVector, embeddersOf, shownVectors } from './vectors.ts'

export type SearchBody = {
  q?: string
  filter?: string
  facets?: string[]
  sort?: string[]
  limit?: number
  offset?: number
  attributesToRetrieve?: string[]
  vector?: number[]
  hybrid?: { embedder: string; semanticRatio: number }
  showRankingScore?: boolean
}

export class DoubleRequestError extends Error {
  readonly error: TaskError
  constructor(code: string, message: string) {
    super(message)
    this.error = errorOf(code, message)
  }
}

/** Finds what passes the filter and holds any word of the query, begun or with one letter amiss. It does not rank. */
export function answerSearch(index: DoubleIndex, body: SearchBody) {
  if (body.hybrid) return answerByVector(index, body, body.hybrid.embedder)
  const { q = '', limit = 20, offset = 0, facets = [] } = body
  const words = q
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '')
  const passing = filtered(index, body.filter, 'invalid_search_filter').filter(
    (document) => words.length === 0 || holdsWord(index, document, words)
  )
  const hits = sorted(index, passing, body.sort).slice(offset, offset + limit)
  return {
    hits: hits.map((document) => selected(shownVectors(document, false), body.attributesToRetrieve)),
    query: q,
    limit,
    offset,
    processingTimeMs: 0,
    estimatedTotalHits: Math.min(passing.length, maxTotalHits(index)),
    ...(facets.length > 0 ? { facetDistribution: distribution(index, facets, passing), facetStats: {} } : {})
  }
}

/** What passes the filter by the angle to the vector asked with, and nothing besides. */
function answerByVector(
  index: DoubleIndex,
  { vector = [], filter, limit = 20, offset = 0, attributesToRetrieve }: SearchBody,
  name: string
) {
  const embedder = embeddersOf(index)[name]
  if (!embedder) throw new DoubleRequestError('invalid_search_embedder', `Cannot find embedder with name \`${name}\`.`)
  if (embedder.dimensions !== vector.length)
    throw new DoubleRequestError(
      'invalid_vector_dimensions',
      `Invalid vector dimensions: expected: \`${embedder.dimensions}\`, found: \`${vector.length}\`.`
    )
  const found = byVector(filtered(index, filter, 'invalid_search_filter'), name, vector)
  const hits = found
    .slice(offset, offset + limit)
    .map(({ document, score }) => ({ ...selected(document, attributesToRetrieve), _rankingScore: score }))
  return { hits, query: '', limit, offset, processingTimeMs: 0, estimatedTotalHits: found.length, semanticHitCount: hits.length }
}

export function filtered(index: DoubleIndex, filter: string | undefined, code: string): StoredFields[] {
  const documents = [...index.documents.values()]
  if (filter === undefined || filter.trim() === '') return documents
  try {
    const node = parseFilter(filter)
    const refused = fieldsOf(node).find((field) => !isFilterable(index, field))
    if (refused) throw new FilterSyntaxError(`Attribute \`${refused}\` is not filterable.`)
    return documents.filter((document) => passesFilter(node, document))
  } catch (error) {
    if (error instanceof FilterSyntaxError) throw new DoubleRequestError(code, error.message)
    throw error
  }
}

const maxTotalHits = ({ settings }: DoubleIndex) => (settings['pagination'] as { maxTotalHits?: number } | undefined)?.maxTotalHits ?? 1_000

function isFilterable({ settings }: DoubleIndex, field: string): boolean {
  const rules = (settings['filterableAttributes'] ?? []) as (string | { attributePatterns: string[] })[]
  return rules.some((rule) =>
    (typeof rule === 'string' ? [rule] : rule.attributePatterns).some(
      (pattern) => pattern === field || (pattern.endsWith('.*') && field.startsWith(pattern.slice(0, -1)))
    )
  )
}

function holdsWord({ settings }: DoubleIndex, document: StoredFields, words: string[]): boolean {
  const searchable = (settings['searchableAttributes'] ?? Object.keys(document)) as string[]
  const held = searchable.flatMap((field) => valueAt(document, field) ?? []).map((value) => (value as string).toLowerCase())
  return words.some((word) => held.some((term) => term.startsWith(word) || (word.length >= 5 && isNear(word, term))))
}

function isNear(word: string, term: string): boolean {
  if (Math.abs(word.length - term.length) > 1) return false
  let at = 0
  while (at < word.length && word[at] === term[at]) at += 1
  const rest = [word.slice(at), word.slice(at + 1)]
  return rest.some((tail) => tail === term.slice(at) || tail === term.slice(at + 1))
}

function sorted({ settings }: DoubleIndex, documents: StoredFields[], rules: string[] = []): StoredFields[] {
  const sortable = (settings['sortableAttributes'] ?? []) as string[]
  const keys = rules.map((rule) => {
    const [field = '', direction] = rule.split(':')
    if (!sortable.includes(field)) throw new DoubleRequestError('invalid_search_sort', `Attribute \`${field}\` is not sortable.`)
    return { field, sign: direction === 'desc' ? -1 : 1 }
  })
  return [...documents].sort((a, b) => {
    for (const { field, sign } of keys) {
      const [left, right] = [valueAt(a, field) as string, valueAt(b, field) as string]
      if (left !== right) return left < right ? -sign : sign
    }
    return 0
  })
}

function distribution(index: DoubleIndex, facets: string[], documents: StoredFields[]) {
  const refused = facets.find((field) => !isFilterable(index, field))
  if (refused) throw new DoubleRequestError('invalid_search_facets', `Attribute \`${refused}\` is not filterable.`)
  return Object.fromEntries(
    facets.map((field) => {
      const counts: Record<string, number> = {}
      for (const document of documents) {
        const held = valueAt(document, field)
        const values = new Set((Array.isArray(held) ? held : [held]).filter((value) => value !== null && value !== undefined).map(String))
        for (const value of values) counts[value] = (counts[value] ?? 0) + 1
      }
      return [field, counts]
    })
  )
}

export function selected(document: StoredFields, fields: string[] | undefined): StoredFields {
  if (fields === undefined || fields.includes('*')) return document
  return Object.fromEntries(fields.filter((field) => field in document).map((field) => [field, document[field]]))
}
