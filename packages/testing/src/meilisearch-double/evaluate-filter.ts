import type { ComparisonSign, FilterNode } from './filter-language.ts'

export type StoredFields = Record<string, unknown>

/** Values are compared as the engine compares them: strings without regard to case and compatibility forms, numbers as numbers. */
export function passesFilter(node: FilterNode, document: StoredFields): boolean {
  if (node.op === 'and') return node.parts.every((part) => passesFilter(part, document))
  if (node.op === 'or') return node.parts.some((part) => passesFilter(part, document))
  if (node.op === 'not') return !passesFilter(node.part, document)
  const held = valueAt(document, node.field)
  if (node.op === 'is') return isSo(held, node.what)
  const values = (Array.isArray(held) ? held : [held]).filter((value) => value !== null && value !== undefined)
  if (node.op === 'compare') return compares(values, node.sign, node.value)
  const wanted = new Set(node.values.map(normalised))
  return values.some((value) => wanted.has(normalised(value)))
}

export function fieldsOf(node: FilterNode): string[] {
  if (node.op === 'and' || node.op === 'or') return node.parts.flatMap(fieldsOf)
  return node.op === 'not' ? fieldsOf(node.part) : [node.field]
}

export function valueAt(document: StoredFields, path: string): unknown {
  let value: unknown = document
  for (const name of path.split('.')) value = typeof value === 'object' && value !== null ? (value as StoredFields)[name] : undefined
  return value
}

const normalised = (value: unknown) => String(value).trim().normalize('NFKD').toLowerCase()

function isSo(held: unknown, what: 'null' | 'empty' | 'present'): boolean {
  if (what === 'present') return held !== undefined
  return what === 'null' ? held === null : held === '' || (Array.isArray(held) && held.length === 0)
}

function compares(values: unknown[], sign: ComparisonSign, wanted: string): boolean {
  const isEqual = values.some((value) => normalised(value) === normalised(wanted))
  if (sign === '=') return isEqual
  if (sign === '!=') return !isEqual
  const bound = Number(wanted)
  const numbers = values.filter((value) => typeof value === 'number')
  if (sign === '>') return numbers.some((value) => value > bound)
  if (sign === '>=') return numbers.some((value) => value >= bound)
  return numbers.some((value) => (sign === '<' ? value < bound : value <= bound))
}
