import { impactTokens } from './impact-buckets.ts'
import type { FacetName, SearchAccess, SearchDocument } from './search-document.ts'

export type FilterField = 'id' | 'concepts' | 'impactTokens' | 'vectorSpace' | `facets.${FacetName}` | `access.${keyof SearchAccess}`
export type FilterValue = string | number | boolean

/** A filter as data: one adapter evaluates it, the other writes it out in its engine's language. */
export type Clause =
  | { kind: 'all'; of: readonly Clause[] }
  | { kind: 'any'; of: readonly Clause[] }
  | { kind: 'not'; of: Clause }
  /** True when any value of the field is one of `values`. */
  | { kind: 'in'; field: FilterField; values: readonly FilterValue[] }
  | { kind: 'at-least'; field: FilterField; value: number }
  | { kind: 'null'; field: FilterField }

export const all = (...of: Clause[]): Clause => ({ kind: 'all', of })
export const any = (...of: Clause[]): Clause => ({ kind: 'any', of })
export const not = (of: Clause): Clause => ({ kind: 'not', of })
export const oneOf = (field: FilterField, values: readonly FilterValue[]): Clause => ({ kind: 'in', field, values })

export const everything: Clause = { kind: 'all', of: [] }

export type Predicate = (document: SearchDocument) => boolean

/** Compiles once, so that a search over many records allocates nothing per record. */
export function compileClause(clause: Clause): Predicate {
  if (clause.kind === 'all') return every(clause.of.map(compileClause))
  if (clause.kind === 'any') return some(clause.of.map(compileClause))
  if (clause.kind === 'not') return negated(compileClause(clause.of))
  const read = readerOfField(clause.field)
  if (clause.kind === 'null') return (document) => read(document) === null
  if (clause.kind === 'at-least') return (document) => Number(read(document) ?? Number.NEGATIVE_INFINITY) >= clause.value
  const wanted = new Set<unknown>(clause.values)
  return (document) => {
    const value = read(document)
    return Array.isArray(value) ? value.some((one) => wanted.has(one)) : wanted.has(value)
  }
}

const every =
  (parts: Predicate[]): Predicate =>
  (document) =>
    parts.every((part) => part(document))
const some =
  (parts: Predicate[]): Predicate =>
  (document) =>
    parts.some((part) => part(document))
const negated =
  (part: Predicate): Predicate =>
  (document) =>
    !part(document)

function readerOfField(field: FilterField): (document: SearchDocument) => unknown {
  if (field === 'impactTokens') return impactTokens
  if (field === 'vectorSpace') return (document) => document.vector?.space ?? null
  if (field === 'id' || field === 'concepts') return (document) => document[field]
  const [group, name] = field.split('.') as ['facets', FacetName] | ['access', keyof SearchAccess]
  return group === 'facets' ? (document) => document.facets[name] : (document) => document.access[name]
}
