import { compileClause, type Clause } from '../clause.ts'
import { roundScore } from '../order.ts'
import type { Found } from '../page-of.ts'
import { asksNothing, queryWords } from '../query-words.ts'
import type { SearchDocument } from '../search-document.ts'
import type { SearchQuery } from '../search-query.ts'
import type { RecordShelf } from './record-shelf.ts'

type Entry = Found & { tokens: Set<string> }

/** A shared concept speaks louder than a shared word: it holds across languages. */
const conceptBoost = 1.5

/** What passes the filter and holds a word or concept of the query; all that passes where the query says nothing. */
export function findRecords({ documents, text, concepts }: RecordShelf, query: SearchQuery, filter: Clause): Found[] {
  const visible = visibleKeys(documents, filter)
  const words = queryWords(query)
  const found = new Map<string, Entry>()
  const at = (key: string): Entry => {
    const entry = found.get(key) ?? { key, document: documents.get(key) as SearchDocument, score: 0, tokens: new Set<string>() }
    found.set(key, entry)
    return entry
  }
  if (asksNothing(query)) return [...visible].map(at)
  for (const hit of words.length > 0 ? text.search(words, visible) : []) {
    const entry = at(hit.key)
    entry.score += hit.score
    for (const term of hit.terms) entry.tokens.add(term)
  }
  const asked = new Set(query.concepts.map(({ id }) => id))
  for (const [key, score] of concepts.score(query.concepts, documents.size, visible)) {
    const entry = at(key)
    entry.score += conceptBoost * score
    for (const id of entry.document.concepts) if (asked.has(id)) entry.tokens.add(id)
  }
  for (const entry of found.values()) entry.score = roundScore(entry.score)
  return [...found.values()]
}

function visibleKeys(documents: ReadonlyMap<string, SearchDocument>, filter: Clause): Set<string> {
  const passes = compileClause(filter)
  const keys = new Set<string>()
  for (const [key, document] of documents) if (passes(document)) keys.add(key)
  return keys
}
