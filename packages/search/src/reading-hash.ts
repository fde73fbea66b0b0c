import { createHash } from 'node:crypto'
import type { SearchDocument } from './search-document.ts'

export type SearchReading = Pick<SearchDocument, 'titleTerms' | 'bodyTerms' | 'concepts' | 'impacts' | 'card'>

/**
 * Digest of what was read in a record. Text and access may be the same while it was read with another vocabulary, and such a record is found
 * by the wrong words.
 */
export function readingHash({ titleTerms, bodyTerms, concepts, impacts = [], card = '' }: SearchReading): string {
  const reading = [titleTerms, bodyTerms, concepts, impacts.map(({ token, weight }) => [token, weight]), card]
  return createHash('sha256').update(JSON.stringify(reading)).digest('base64url')
}
