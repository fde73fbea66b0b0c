import type { Language } from '@siku/contracts'
import type { ReadField } from './read-field.ts'
import type { Token } from './tokenise.ts'
import type { SettledMatch } from './settle-overlaps.ts'
import { isStopWord } from './stop-words.ts'
import type { QuantityAnnotation, Span, TermAnnotation } from './types.ts'
import { foldLatin, stemWord } from './word-keys.ts'
import { arabicLabelStem } from './arabic.ts'

type Named = { term: string; language: Language | 'zxx' }
type Term = Named & { span: Span; weight: number }

const termsMax = 200
const spansMax = 4
const saturation = 2
const coveringQuality = 0.5

/** Normal forms of the words that no concept covers: for matches within one language, model names and standards. */
export function collectTerms(
  fields: readonly { read: ReadField; matches: readonly SettledMatch[]; quantities: readonly QuantityAnnotation[] }[],
  language: Language | null
): TermAnnotation[] {
  const found = new Map<string, Map<string, TermAnnotation>>()
  const terms: TermAnnotation[] = []
  for (const { read, matches, quantities } of fields) {
    const covered = coveredTokens(read, matches, quantities)
    for (const { term, language: own, weight, span } of termsOf(read, covered, language)) {
      const known = found.get(own) ?? new Map<string, TermAnnotation>()
      found.set(own, known)
      const other = known.get(term)
      if (other) {
        other.weight += weight
        if (other.spans.length < spansMax) other.spans.push(span)
      } else {
        const first = { term, language: own, weight, spans: [span] }
        known.set(term, first)
        terms.push(first)
      }
    }
  }
  for (const term of terms) term.weight = Math.round(((term.weight * (1 + saturation)) / (term.weight + saturation)) * 10_000) / 10_000
  return terms.sort((a, b) => b.weight - a.weight || (a.term < b.term ? -1 : 1)).slice(0, termsMax)
}

/** Words of concepts and of figures with units are accounted for already. */
function coveredTokens(read: ReadField, matches: readonly SettledMatch[], quantities: readonly QuantityAnnotation[]): Uint8Array {
  const covered = new Uint8Array(read.tokens.length)
  for (const match of matches) if (match.quality >= coveringQuality) for (const at of match.tokens) covered[at] = 1
  let next = 0
  read.tokens.forEach((token, at) => {
    while ((quantities[next]?.span.end ?? Infinity) <= token.start) next++
    if (token.start >= (quantities[next]?.span.start ?? Infinity)) covered[at] = 1
  })
  return covered
}

/** Terms of one field, in the order of the text. */
export function termsOf(read: ReadField, covered: Uint8Array, language: Language | null): Term[] {
  const terms: Term[] = []
  const { tokens, field, weight } = read
  for (let at = 0; at < tokens.length;) {
    const first = tokens[at]
    if (!first) break
    const end = first.script === 'han' ? wordEnd(tokens, at) : (codeEnd(tokens, at) ?? at + 1)
    const term = areCovered(covered, at, end) ? undefined : termOf(read, { at, end }, language)
    if (term) {
      const span = { field, start: first.start, end: tokens[end - 1]?.end ?? first.end }
      terms.push({ term: term.term, language: term.language, weight, span })
    }
    at = end
  }
  return terms
}

function areCovered(covered: Uint8Array, at: number, end: number): boolean {
  for (let inside = at; inside < end; inside++) if (covered[inside] !== 1) return false
  return true
}

function wordEnd(tokens: readonly Token[], at: number): number {
  let end = at + 1
  while (tokens[end]?.script === 'han' && !tokens[end]?.wordStart && tokens[end]?.joined === 'touching') end++
  return end
}

/** Letters and figures run together are a name: XJ-200, GB/T 22900 (its first half), H13. */
function codeEnd(tokens: readonly Token[], at: number): number | undefined {
  let end = at
  let letters = 0
  let digits = 0
  while (end < tokens.length && (end === at || (tokens[end]?.joined !== 'no' && !tokens[end]?.breakBefore))) {
    const token = tokens[end]
    if (token?.script === 'digits') digits++
    else if ((token?.script === 'latin' || token?.script === 'cyrillic') && token.text.length <= 6) letters++
    else break
    end++
  }
  return letters > 0 && digits > 0 && end - at <= 8 && tokens[at]?.script !== 'digits' ? end : undefined
}

type Place = { at: number; end: number }

function termOf({ tokens, source }: ReadField, { at, end }: Place, language: Language | null): Named | undefined {
  const first = tokens[at]
  if (!first) return undefined
  if (first.script === 'han') {
    const last = tokens[end - 1] ?? first
    return normalForm(source.text.slice(first.at, last.at + last.text.length), 'han', language)
  }
  if (end - at > 1) {
    const parts = tokens.slice(at, end).map((token) => token.text)
    return { term: parts.join('').toUpperCase(), language: 'zxx' }
  }
  return first.script === 'digits' || first.filler ? undefined : normalForm(first.text, first.script, language)
}

/** The normal form of one word: stem, segment or light stem; undefined for words that say nothing. */
export function normalForm(
  word: string,
  script: Token['script'],
  language: Language | null
): { term: string; language: Language } | undefined {
  if (script === 'han') return word.length < 2 || isStopWord(word, 'zh') ? undefined : { term: word, language: 'zh' }
  const lower = word.toLowerCase()
  if (script === 'arabic') return lower.length < 2 || isStopWord(lower, 'ar') ? undefined : { term: arabicLabelStem(lower), language: 'ar' }
  if (script === 'cyrillic')
    return lower.length < 2 || isStopWord(lower, 'ru') ? undefined : { term: stemWord(lower, 'ru'), language: 'ru' }
  if (script !== 'latin') return undefined
  const own = language && ['en', 'fr', 'es', 'pt'].includes(language) ? language : 'en'
  if (foldLatin(lower).length < 2 || isStopWord(lower, own)) return undefined
  return { term: stemWord(lower, own), language: own }
}
