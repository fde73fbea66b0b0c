import type { CandidateQuery, MetRecord, MetRecords } from '../candidate-query.ts'
import { compileClause } from '../clause.ts'
import { impactTokens } from '../impact-buckets.ts'
import { orderedLists } from '../ordered-lists.ts'
import type { SearchDocument } from '../search-document.ts'
import { nearRecords } from './near-records.ts'
import type { RecordShelf } from './record-shelf.ts'

/**
 * The lists of one question, put together from the records each time: nothing is kept for it. Who matches in process keeps postings of its
 * own, which score while they read; this one is for few records and for tests.
 */
export function meetRecords({ documents, text }: RecordShelf, { lists, words = [], nearest, filter, idsMax }: CandidateQuery): MetRecords {
  const passes = compileClause(filter)
  const ordered = orderedLists(lists)
  const postings = new Map<string, SearchDocument[]>(ordered.map(({ list }) => [list, []]))
  const open = [...documents.values()].filter(passes)
  for (const document of open) for (const list of impactTokens(document)) postings.get(list)?.push(document)

  const met = new Map<SearchDocument, MetRecord>()
  const left = new Set<string>()
  const near = nearest ? nearRecords(open, nearest) : []
  let ids = nearest?.limit ?? 0
  let listsRead = 0
  const meet = (document: SearchDocument) => {
    ids += 1
    met.set(document, { library: document.library, id: document.id, card: document.card ?? '' })
  }
  for (const { token, list } of ordered) {
    const records = postings.get(list) ?? []
    if (ids + records.length > idsMax) {
      left.add(token)
      continue
    }
    listsRead += 1
    records.forEach(meet)
  }
  for (const document of documentsWith(words, { documents, text }, new Set(open))) if (ids < idsMax) meet(document)
  return { met: [...met.values()], near, ids: ids - (nearest?.limit ?? 0) + near.length, lists: ordered.length, listsRead, left: [...left] }
}

type Words = Pick<RecordShelf, 'documents' | 'text'>

function documentsWith(words: readonly string[], { documents, text }: Words, open: ReadonlySet<SearchDocument>): SearchDocument[] {
  const visible = new Set([...documents].flatMap(([key, document]) => (open.has(document) ? [key] : [])))
  return words.flatMap((word) => text.search([word], visible).flatMap(({ key }) => documents.get(key) ?? []))
}
