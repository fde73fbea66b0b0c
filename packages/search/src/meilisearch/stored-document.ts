import { impactTokens } from '../impact-buckets.ts'
import { readingHash } from '../reading-hash.ts'
import { keyOf, type SearchDocument } from '../search-document.ts'
import { storedVector, type StoredVector } from './stored-vector.ts'

/** A document as Meilisearch keeps it; `key` is its primary key. */
export type StoredDocument = Omit<SearchDocument, 'impacts' | 'vector'> &
  StoredVector & { key: string; impactTokens: readonly string[]; readingHash: string }

/** Every word is a position, elements of a list lie eight apart, and what lies beyond 65,535 is ignored without a word. */
const termsMax = 7_000

export function storedDocument(document: SearchDocument, onCut: (key: string, terms: number) => void): StoredDocument {
  const key = keyOf(document)
  const distinct = (terms: readonly string[]) => {
    const once = [...new Set(terms)]
    if (once.length > termsMax) onCut(key, once.length)
    return once.slice(0, termsMax)
  }
  const { impacts, vector, ...fields } = document
  return {
    ...fields,
    ...storedVector(vector),
    key,
    impactTokens: impactTokens({ impacts }),
    // Of what was given, not of what is left after the cut.
    readingHash: readingHash(document),
    titleTerms: distinct(document.titleTerms),
    bodyTerms: distinct(document.bodyTerms)
  }
}
