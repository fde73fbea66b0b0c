import { keyOf, type RecordVector, type Removal, type SearchDocument } from '../search-document.ts'
import { createRecordShelf, type RecordShelf } from './record-shelf.ts'

export type Shelves = ReturnType<typeof createShelves>

/** The shelf that answers and, while the index is rebuilt, the one that will. */
export function createShelves() {
  let live = createRecordShelf()
  // A record written while the next shelf is filled is newer than what the filling may still bring.
  let next: { shelf: RecordShelf; written: Set<string> } | null = null

  return {
    live: (): RecordShelf => live,
    put(document: SearchDocument) {
      live.put(document)
      next?.shelf.put(document)
      next?.written.add(keyOf(document))
    },
    putVector(vector: RecordVector) {
      live.putVector(vector)
      next?.shelf.putVector(vector)
    },
    remove(ref: Removal) {
      const position = ref.position ?? live.documents.get(keyOf(ref))?.position ?? 0
      live.remove(ref, position)
      next?.shelf.remove(ref, position)
      next?.written.add(keyOf(ref))
    },
    async refill(documents: AsyncIterable<SearchDocument>, onFilled: (document: SearchDocument) => void) {
      const building = { shelf: createRecordShelf(), written: new Set<string>() }
      next = building
      try {
        for await (const document of documents) {
          const key = keyOf(document)
          if (!building.written.has(key)) building.shelf.put({ ...document, vector: document.vector ?? live.documents.get(key)?.vector })
          onFilled(document)
        }
        live = building.shelf
      } finally {
        next = null
      }
    },
    clear() {
      live = createRecordShelf()
    }
  }
}
