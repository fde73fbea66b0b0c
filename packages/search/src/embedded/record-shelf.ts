import { keyOf, type RecordRef, type RecordVector, type SearchDocument } from '../search-document.ts'
import { createConceptPostings } from './concept-postings.ts'
import { createTextPostings } from './text-postings.ts'

export type RecordShelf = ReturnType<typeof createRecordShelf>

/** All records of one generation of the index, with the postings that find them. */
export function createRecordShelf() {
  const documents = new Map<string, SearchDocument>()
  const buried = new Map<string, number>()
  const text = createTextPostings()
  const concepts = createConceptPostings()

  const takeOut = (key: string) => {
    const old = documents.get(key)
    if (old === undefined) return
    documents.delete(key)
    text.remove(key)
    concepts.remove(key, old.concepts)
  }

  /** The feed may be read twice or out of order; an older place never undoes a newer one. */
  const isOlder = (key: string, position: number) => {
    if (position === 0) return false
    return position < (documents.get(key)?.position ?? 0) || position < (buried.get(key) ?? -1)
  }

  return {
    documents: documents as ReadonlyMap<string, SearchDocument>,
    text,
    concepts,
    put(document: SearchDocument) {
      const key = keyOf(document)
      if (isOlder(key, document.position)) return
      takeOut(key)
      documents.set(key, document)
      buried.delete(key)
      text.add(key, document.titleTerms, document.bodyTerms)
      concepts.add(key, document.concepts)
    },
    putVector({ vector, ...ref }: RecordVector) {
      const key = keyOf(ref)
      const held = documents.get(key)
      if (held) documents.set(key, { ...held, vector })
    },
    remove(ref: RecordRef, position: number) {
      const key = keyOf(ref)
      if (isOlder(key, position)) return
      takeOut(key)
      if (position > 0) buried.set(key, position)
    }
  }
}
