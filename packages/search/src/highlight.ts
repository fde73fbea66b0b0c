import type { Mark, SearchDocument, Span } from './search-document.ts'

export const highlightsMax = 50

type Texts = Pick<SearchDocument, 'title' | 'summary' | 'description' | 'more'> & { marks?: readonly Mark[] }

/**
 * Where the found concepts and normal forms stand in the original text. Records without marks are searched for the words as typed.
 */
export function highlight(document: Texts, tokens: ReadonlySet<string>, typedWords: readonly string[]): Span[] {
  const marked = (document.marks ?? []).filter(({ token }) => tokens.has(token)).map(({ field, start, end }) => ({ field, start, end }))
  const spans = marked.length > 0 ? marked : literalSpans(document, typedWords)
  return withoutOverlap(spans).slice(0, highlightsMax)
}

function literalSpans(document: Texts, words: readonly string[]): Span[] {
  const fields = [
    { field: 'title', text: document.title },
    { field: 'summary', text: document.summary },
    { field: 'description', text: document.description },
    ...document.more
  ]
  const needles = words.map((word) => [...word.toLowerCase()]).filter((needle) => needle.length > 0)
  return fields.flatMap(({ field, text }) => {
    const points = Array.from(text, (point) => point.toLowerCase())
    return needles.flatMap((needle) => occurrences(points, needle).map((start) => ({ field, start, end: start + needle.length })))
  })
}

function occurrences(points: readonly string[], needle: readonly string[]): number[] {
  const found: number[] = []
  for (
    let start = points.indexOf(needle[0] ?? '');
    start !== -1 && found.length < highlightsMax;
    start = points.indexOf(needle[0] ?? '', start + 1)
  ) {
    if (needle.every((point, offset) => points[start + offset] === point)) found.push(start)
  }
  return found
}

const fieldOrder = ['title', 'summary', 'description']
const rank = (field: string) => (fieldOrder.includes(field) ? fieldOrder.indexOf(field) : fieldOrder.length)

/** In reading order, the longer of two that overlap. */
function withoutOverlap(spans: Span[]): Span[] {
  const kept: Span[] = []
  const ordered = [...spans].sort(
    (a, b) => rank(a.field) - rank(b.field) || (a.field < b.field ? -1 : a.field > b.field ? 1 : 0) || a.start - b.start || b.end - a.end
  )
  for (const span of ordered) {
    const last = kept.at(-1)
    if (last === undefined || last.field !== span.field || span.start >= last.end) kept.push(span)
  }
  return kept
}
