import { isCompletable, toleratesTypos } from './query-words.ts'

export type WordMatch = { score: number; tokens: string[] }

const bodyWeight = 0.6
const unfinishedWeight = 0.8
const typoWeight = 0.6

type Terms = { titleTerms: readonly string[]; bodyTerms: readonly string[] }

/**
 * How much of a query's words a record holds, from 0 to 1: a word counts most in the title, less in the body, less when only begun or
 * misspelt. For engines whose own score cannot be compared from one query to the next.
 */
export function matchWords(words: readonly string[], { titleTerms, bodyTerms }: Terms): WordMatch {
  if (words.length === 0) return { score: 0, tokens: [] }
  const title = new Set(titleTerms)
  const body = new Set(bodyTerms)
  const tokens: string[] = []
  let sum = 0
  words.forEach((word, index) => {
    const canBegin = index === words.length - 1 && isCompletable(word)
    const inTitle = matchOne(word, canBegin, title)
    const inBody = matchOne(word, canBegin, body)
    sum += Math.max(inTitle.score, bodyWeight * inBody.score)
    tokens.push(...inTitle.tokens, ...inBody.tokens)
  })
  return { score: sum / words.length, tokens }
}

function matchOne(word: string, canBegin: boolean, terms: ReadonlySet<string>): WordMatch {
  if (terms.has(word)) return { score: 1, tokens: [word] }
  const begun = canBegin ? [...terms].filter((term) => term.startsWith(word)) : []
  if (begun.length > 0) return { score: unfinishedWeight, tokens: begun }
  if (!toleratesTypos(word)) return { score: 0, tokens: [] }
  const points = [...word]
  const distanceMax = Math.min(2, Math.round(points.length * 0.2))
  const near = [...terms].filter((term) => isWithin(points, term, distanceMax))
  return near.length > 0 ? { score: typoWeight, tokens: near } : { score: 0, tokens: [] }
}

/** Levenshtein distance in code points, given up as soon as a whole row exceeds the bound. */
function isWithin(word: readonly string[], term: string, distanceMax: number): boolean {
  const other = [...term]
  if (Math.abs(other.length - word.length) > distanceMax) return false
  let row = Array.from({ length: other.length + 1 }, (_, column) => column)
  for (let line = 1; line <= word.length; line += 1) {
    const previous = row
    row = [line]
    for (let column = 1; column <= other.length; column += 1) {
      const replaced = (previous[column - 1] ?? 0) + (word[line - 1] === other[column - 1] ? 0 : 1)
      row.push(Math.min(replaced, (previous[column] ?? 0) + 1, (row[column - 1] ?? 0) + 1))
    }
    if (Math.min(...row) > distanceMax) return false
  }
  return (row[other.length] ?? Number.POSITIVE_INFINITY) <= distanceMax
}
