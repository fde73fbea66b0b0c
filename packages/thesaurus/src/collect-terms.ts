import type { Language } from '@siku/contracts'
import type { ReadField, ReadToken } from './read-field.ts'
import type { SettledMatch } from './settle-overlaps.ts'
import { isStopWord } from './stop-words.ts'
import type { QuantityAnnotation, Span, TermAnnotation } from './types.ts'
import { foldLatin, stemWord } from './word-keys.ts'
import { arabicLabelStem } from './arabic.ts'

type Term = { term: string; language: Language | 'zxx'; span: Span; weight: number }

const termsMax = 200
const spansMax = 4
const saturation = 2
const coveringQuality = 0.5

/** Normal forms of the words that no concept covers: for matches within one language, model names and standards. */
export function collectTerms(
  fields: readonly { read: ReadField; matches: readonly SettledMatch[]; quantities: readonly QuantityAnnotation[] }[],
  language: Language | null
): TermAnnotation[] {
  const found = new Map<string, TermAnnotation>()
  for (const { read, matches, quantities } of fields) {
    const covered = coveredTokens(read, matches, quantities)
    for (const term of termsOf(read, (at) => covered[at] === 1, language)) {
      const key = `${term.language}:${term.term}`
      const known = found.get(key)
      if (!known) found.set(key, { term: term.term, language: term.language, weight: term.weight, spans: [term.span] })
      else {
        known.weight += term.weight
        if (known.spans.length < spansMax) known.spans.push(term.span)
      }
    }
  }
  return [...found.values()]
    .map((term) => ({ ...term, weight: Math.round(((term.weight * (1 + saturation)) / (term.weight + saturation)) * 10_000) / 10_000 }))
    .sort((a, b) => b.weight - a.weight || (a.term < b.term ? -1 : 1))
    .slice(0, termsMax)
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
export function termsOf(read: ReadField, isCovered: (at: number) => boolean, language: Language | null): Term[] {
  const terms: Term[] = []
  const { tokens } = read
  for (let at = 0; at < tokens.length;) {
    const end = codeEnd(tokens, at) ?? wordEnd(tokens, at)
    let covered = true
    for (let inside = at; inside < end; inside++) covered &&= isCovered(inside)
    const term = covered ? undefined : termOf(tokens.slice(at, end), language)
    const [first, last] = [tokens[at], tokens[end - 1]]
    if (term && first && last) terms.push({ ...term, weight: read.weight, span: { field: read.field, start: first.start, end: last.end } })
    at = end
  }
  return terms
}

function wordEnd(tokens: readonly ReadToken[], at: number): number {
  if (tokens[at]?.script !== 'han') return at + 1
  let end = at + 1
  while (tokens[end]?.script === 'han' && !tokens[end]?.wordStart && tokens[end]?.joined === 'touching') end++
  return end
}

/** Letters and figures run together are a name: XJ-200, GB/T 22900 (its first half), H13. */
function codeEnd(tokens: readonly ReadToken[], at: number): number | undefined {
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

function termOf(tokens: readonly ReadToken[], language: Language | null): { term: string; language: Language | 'zxx' } | undefined {
  const [first] = tokens
  if (!first) return undefined
  if (tokens.length > 1 && first.script !== 'han') {
    return {
      term: tokens
        .map((token) => token.text)
        .join('')
        .toUpperCase(),
      language: 'zxx'
    }
  }
  if (first.script === 'digits' || first.filler) return undefined
  const word = tokens.map((token) => token.text).join('')
  return normalForm(word, first.script, language)
}

/** The normal form of one word: stem, segment or light stem; undefined for words that say nothing. */
export function normalForm(
  word: string,
  script: ReadToken['script'],
  language: Language | null
): { term: string; language: Language } | undefined {
  const lower = word.toLowerCase()
  if (script === 'han') return lower.length < 2 || isStopWord(lower, 'zh') ? undefined : { term: lower, language: 'zh' }
  if (script === 'arabic') return lower.length < 2 || isStopWord(lower, 'ar') ? undefined : { term: arabicLabelStem(lower), language: 'ar' }
  if (script === 'cyrillic')
    return lower.length < 2 || isStopWord(lower, 'ru') ? undefined : { term: stemWord(lower, 'ru'), language: 'ru' }
  if (script !== 'latin') return undefined
  const own = language && ['en', 'fr', 'es', 'pt'].includes(language) ? language : 'en'
  if (foldLatin(lower).length < 2 || isStopWord(lower, own)) return undefined
  return { term: stemWord(lower, own), language: own }
}
