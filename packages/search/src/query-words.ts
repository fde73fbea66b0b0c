import type { SearchQuery } from './search-query.ts'

/** Words of a query, each once, in its order; the reader's own text serves where no normal forms were given. */
export function queryWords(query: Pick<SearchQuery, 'text' | 'terms'>): string[] {
  const words = query.terms.length > 0 ? query.terms : plainWords(query.text ?? '')
  return [...new Set(words.filter((word) => word !== ''))]
}

/** Then everything is found that passes the filters, newest first. */
export const asksNothing = (query: Pick<SearchQuery, 'text' | 'terms' | 'concepts'>): boolean =>
  query.concepts.length === 0 && queryWords(query).length === 0

const plainWords = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)

const hasDigit = /\p{Nd}/u

/** A figure or model number that is nearly right is another figure; short words have too many neighbours. */
export const toleratesTypos = (word: string): boolean => [...word].length >= 5 && !hasDigit.test(word)

/** A single Latin letter begins too many words to complete; one Han character is a word. */
export const isCompletable = (word: string): boolean => [...word].length >= 2 || /\p{Script=Han}/u.test(word)
