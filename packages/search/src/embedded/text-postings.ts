import MiniSearch from 'minisearch'
import { isCompletable, toleratesTypos } from '../query-words.ts'

type Entry = { key: string; title: string; body: string }
export type TextHit = { key: string; score: number; terms: string[] }

// Normal forms may hold spaces, never this.
const separator = '\u0000'
const joined = (terms: readonly string[]) => terms.join(separator)
const split = (text: string) => text.split(separator).filter((term) => term !== '')

/** Words to records: BM25+ over the caller's normal forms, with typos from five letters on and the last word unfinished. */
export function createTextPostings() {
  const mini = new MiniSearch<Entry>({
    idField: 'key',
    fields: ['title', 'body'],
    tokenize: split,
    processTerm: (term) => term,
    autoVacuum: { minDirtCount: 200, minDirtFactor: 0.1, batchSize: 1_000, batchWait: 5 }
  })
  return {
    add(key: string, titleTerms: readonly string[], bodyTerms: readonly string[]) {
      mini.add({ key, title: joined(titleTerms), body: joined(bodyTerms) })
    },
    remove(key: string) {
      mini.discard(key)
    },
    search(words: readonly string[], visible: ReadonlySet<string>): TextHit[] {
      const last = words.length - 1
      return mini
        .search(joined(words), {
          boost: { title: 2 },
          prefix: (word, index) => index === last && isCompletable(word),
          fuzzy: (word) => (toleratesTypos(word) ? 0.2 : false),
          maxFuzzy: 2,
          // Zero skips the record before it is scored.
          boostDocument: (key) => (visible.has(String(key)) ? 1 : 0)
        })
        .map(({ id, score, terms }) => ({ key: String(id), score, terms }))
    }
  }
}
