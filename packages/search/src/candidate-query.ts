import type { Clause } from './clause.ts'
import { SearchQueryError } from './errors.ts'
import type { Impact, RecordRef } from './search-document.ts'

/** Which records may answer one record: asked by impact, not by words. */
export type CandidateQuery = {
  /** What the asking record gains by a record that holds the token; asked in the order of weight × bucket. */
  lists: readonly Impact[]
  /** Words that no list covers, such as names and model numbers, in normal form; each is asked alone, and counts where few records hold it. */
  words?: readonly string[]
  /** The hard filters. */
  filter: Clause
  /** Most records fetched; the lists that say least are left unasked. */
  idsMax: number
}

/** `card` is what the document brought; whoever asks scores by it, so the order of those met means nothing. */
export type MetRecord = RecordRef & { card: string }

export type MetRecords = {
  met: MetRecord[]
  /** Lists of one token and bucket that were asked for, and how many of them were read to their end. */
  lists: number
  listsRead: number
  /** Records that were sent, those sent more than once counted each time. */
  ids: number
  /** Tokens of which not every record was met. */
  left: string[]
}

/** Most records one question may fetch: a budget of work, whatever the size of the collection. */
export const candidateIdsMax = 16_000

export function checkCandidateQuery({ idsMax }: Pick<CandidateQuery, 'idsMax'>): void {
  if (Number.isInteger(idsMax) && idsMax > 0 && idsMax <= candidateIdsMax) return
  throw new SearchQueryError(`idsMax is ${idsMax}; it must be a whole number from 1 to ${candidateIdsMax}`)
}
