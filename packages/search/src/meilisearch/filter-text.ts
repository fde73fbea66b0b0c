import type { Clause, FilterField, FilterValue } from '../clause.ts'

/** Longer strings are never in the engine's facets, so nothing can equal them; asked for, they would be an error there. */
const valueBytesMax = 468

/**
 * A clause in Meilisearch's filter language. Fields come from our own closed list, values are always quoted: nothing a reader sends can
 * end a string and begin an expression. Undefined where everything passes.
 */
export function filterText(clause: Clause): string | undefined {
  const text = write(clause)
  return text === everythingText ? undefined : text
}

const everythingText = ''
const nothingText = '"id" IN []'

function write(clause: Clause): string {
  if (clause.kind === 'all') return writeAll(clause.of.map(write))
  if (clause.kind === 'any') return writeAny(clause.of.map(write))
  if (clause.kind === 'not') return writeNot(write(clause.of))
  if (clause.kind === 'null') return `${field(clause.field)} IS NULL`
  if (clause.kind === 'at-least') return Number.isFinite(clause.value) ? `${field(clause.field)} >= ${quote(clause.value)}` : nothingText
  const values = clause.values.filter((value) => Buffer.byteLength(String(value)) <= valueBytesMax)
  return values.length === 0 ? nothingText : `${field(clause.field)} IN [${values.map(quote).join(', ')}]`
}

function writeAll(parts: string[]): string {
  const narrowing = parts.filter((part) => part !== everythingText)
  if (narrowing.includes(nothingText)) return nothingText
  return narrowing.length <= 1 ? (narrowing[0] ?? everythingText) : narrowing.map((part) => `(${part})`).join(' AND ')
}

function writeAny(parts: string[]): string {
  if (parts.includes(everythingText)) return everythingText
  const widening = parts.filter((part) => part !== nothingText)
  return widening.length <= 1 ? (widening[0] ?? nothingText) : widening.map((part) => `(${part})`).join(' OR ')
}

function writeNot(part: string): string {
  if (part === everythingText) return nothingText
  return part === nothingText ? everythingText : `NOT (${part})`
}

const field = (name: FilterField) => `"${name}"`

/** Backslash and quote are all the language treats specially between double quotes. */
export const quote = (value: FilterValue): string => `"${String(value).replace(/[\\"]/g, '\\$&')}"`
