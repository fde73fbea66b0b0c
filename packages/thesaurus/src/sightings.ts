import { languages, type Language } from '@siku/contracts'
import type { LabelMatches } from './find-labels.ts'
import { endOf, startOf } from './normalise-text.ts'
import type { ReadField } from './read-field.ts'
import type { SettledMatches } from './settle-overlaps.ts'
import type { LabelTrie } from './types.ts'

/** The labels seen in all fields of a text, column by column: what each may mean, how strongly it was said, and where. */
export type Sightings = {
  count: number
  /** Rows of entries: so many of `rows`, up to before `rowsEnd`. */
  rows: number[]
  rowsEnd: number[]
  strength: number[]
  field: string[]
  start: number[]
  end: number[]
}

const sightings: Sightings = { count: 0, rows: [], rowsEnd: [], strength: [], field: [], start: [], end: [] }

export function noSightings(): Sightings {
  sightings.count = 0
  return sightings
}

type Seen = { read: ReadField; matches: LabelMatches; settled: SettledMatches }

/** Adds what one field says. */
export function addSightings(all: Sightings, { read, matches, settled }: Seen, { entries }: LabelTrie, language: Language | null): void {
  const { source, tokens, weight, field } = read
  const own = language === null ? -1 : languages.indexOf(language)
  let used = all.count === 0 ? 0 : (all.rowsEnd[all.count - 1] ?? 0)
  for (let nth = 0, from = 0; nth < settled.count; nth++) {
    const to = settled.rowsEnd[nth] ?? 0
    const match = settled.match[nth] ?? 0
    const first = used
    // Letters such as AMR stand for different things in different languages: the text's own language wins.
    let hasOwn = false
    for (let at = from; at < to; at++) hasOwn ||= (entries.marks[settled.rows[at] ?? 0] ?? 0) >> 1 === own
    for (let at = from; at < to; at++) {
      const row = settled.rows[at] ?? 0
      if (hasOwn && (entries.marks[row] ?? 0) >> 1 !== own) continue
      let isNew = true
      for (let other = first; other < used; other++) isNew &&= entries.concepts[all.rows[other] ?? 0] !== entries.concepts[row]
      if (isNew) all.rows[used++] = row
    }
    from = to
    const seen = all.count++
    const place = matches.from[match] ?? 0
    all.rowsEnd[seen] = used
    all.strength[seen] = (matches.quality[match] ?? 0) * (settled.share[nth] ?? 0) * weight
    all.field[seen] = field
    all.start[seen] = startOf(source, tokens.starts[matches.places[place] ?? 0] ?? 0)
    all.end[seen] = endOf(source, (tokens.ends[matches.places[place + (matches.size[match] ?? 1) - 1] ?? 0] ?? 1) - 1)
  }
}
