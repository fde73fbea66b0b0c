import type { Language } from '@siku/contracts'
import { scripts, type Script } from './character-classes.ts'
import { endOf, startOf } from './normalise-text.ts'
import { normalForm } from './normal-form.ts'
import type { ReadField } from './read-field.ts'
import { afterHyphen, breaksBefore, isCovered, isFiller, touches } from './tokens.ts'
import type { QuantityAnnotation, TermAnnotation } from './types.ts'
import { startsWord } from './word-starts.ts'

type Named = { term: string; language: Language | 'zxx' }

const termsMax = 200
const spansMax = 4
const saturation = 2

/** Normal forms of the words that no concept covers: for matches within one language, model names and standards. */
export function collectTerms(fields: readonly { read: ReadField; quantities: readonly QuantityAnnotation[] }[]): TermAnnotation[] {
  const found = new Map<string, TermAnnotation>()
  for (const { read, quantities } of fields) {
    coverFigures(read, quantities)
    for (let at = read.first; at < read.last;) {
      const end = termEnd(read, at)
      if (!areCovered(read, at, end)) addTerm(found, read, at, end)
      at = end
    }
  }
  const terms = [...found.values()]
  for (const term of terms) term.weight = Math.round(((term.weight * (1 + saturation)) / (term.weight + saturation)) * 10_000) / 10_000
  return terms
    .sort((a, b) => b.weight - a.weight || a.term.charCodeAt(0) - b.term.charCodeAt(0) || (a.term < b.term ? -1 : 1))
    .slice(0, termsMax)
}

/** Figures with units are accounted for already, as are the words of concepts. */
function coverFigures({ tokens, first, last, source }: ReadField, quantities: readonly QuantityAnnotation[]): void {
  if (quantities.length === 0) return
  let next = 0
  for (let at = first; at < last; at++) {
    const start = startOf(source, tokens.starts[at] ?? 0)
    while ((quantities[next]?.span.end ?? Infinity) <= start) next++
    if (start >= (quantities[next]?.span.start ?? Infinity)) tokens.marks[at] = (tokens.marks[at] ?? 0) | isCovered
  }
}

function areCovered({ tokens }: ReadField, at: number, end: number): boolean {
  for (let inside = at; inside < end; inside++) if (((tokens.marks[inside] ?? 0) & isCovered) === 0) return false
  return true
}

function addTerm(found: Map<string, TermAnnotation>, read: ReadField, at: number, end: number): void {
  const named = termOf(read, at, end)
  if (!named) return
  const { tokens, field, weight, source } = read
  const span = { field, start: startOf(source, tokens.starts[at] ?? 0), end: endOf(source, (tokens.ends[end - 1] ?? 1) - 1) }
  const { term, language } = named
  const key = language === 'zh' ? term : `${language} ${term}`
  const known = found.get(key)
  if (!known) found.set(key, { term, language, weight, spans: [span] })
  else {
    known.weight += weight
    if (known.spans.length < spansMax) known.spans.push(span)
  }
}

/** Where the Chinese word, the name or the word of letters ends that starts here. */
function termEnd(read: ReadField, at: number): number {
  return read.tokens.scripts[at] === scripts.han ? wordEnd(read, at) : (codeEnd(read, at) ?? at + 1)
}

function wordEnd(read: ReadField, at: number): number {
  const { scripts: scriptOf, marks } = read.tokens
  let end = at + 1
  while (end < read.last && scriptOf[end] === scripts.han && ((marks[end] ?? 0) & touches) !== 0 && !startsWord(read, end)) end++
  return end
}

const codeLettersMax = 6
const codeTokensMax = 8

/** Letters and figures run together are a name: XJ-200, GB/T 22900 (its first half), H13. */
function codeEnd({ tokens, last }: ReadField, at: number): number | undefined {
  const { scripts: scriptOf, marks, starts, ends } = tokens
  if (scriptOf[at] === scripts.digits) return undefined
  let end = at
  let letters = 0
  let digits = 0
  for (; end < last; end++) {
    const mark = marks[end] ?? 0
    if (end > at && ((mark & (touches | afterHyphen)) === 0 || (mark & breaksBefore) !== 0)) break
    const script = scriptOf[end]
    const length = (ends[end] ?? 0) - (starts[end] ?? 0)
    if (script === scripts.digits) digits++
    else if ((script === scripts.latin || script === scripts.cyrillic) && length <= codeLettersMax) letters++
    else break
  }
  return letters > 0 && digits > 0 && end - at <= codeTokensMax ? end : undefined
}

function termOf({ tokens, source }: ReadField, at: number, end: number): Named | undefined {
  const { scripts: scriptOf, starts, ends, words, readings, marks } = tokens
  const script = (scriptOf[at] ?? 0) as Script
  if (script === scripts.han) {
    const [from = 0, to = 0] = [starts[at], ends[end - 1]]
    return to - from < 2 ? undefined : normalForm(source.text.slice(from, to), script, null)
  }
  if (end - at === 1) {
    if (script === scripts.digits || ((marks[at] ?? 0) & isFiller) !== 0) return undefined
    return readings[words[at] ?? 0]?.form
  }
  let name = ''
  for (let part = at; part < end; part++) name += source.text.slice(starts[part], ends[part])
  return { term: name.toUpperCase(), language: 'zxx' }
}
