import type { Clause } from './clause.ts'
import { SearchQueryError } from './errors.ts'
import type { DocumentVector, Impact, RecordRef } from './search-document.ts'

/** Which records may answer one record: asked by impact, not by words. */
export type CandidateQuery = {
  /** What the asking record gains by a record that holds the token; asked in the order of weight × bucket. */
  lists: readonly Impact[]
  /** Words that no list covers, such as names and model numbers, in normal form; each is asked alone, and counts where few records hold it. */
  words?: readonly string[]
  /** Whose vectors are asked for besides; those of another space, and records without a vector, are passed over. */
  nearest?: NearestQuery | undefined
  /** The hard filters. */
  filter: Clause
  /** Most records fetched; the lists that say least are left unasked. */
  idsMax: number
}

export type NearestQuery = Pick<DocumentVector, 'space' | 'values'> & {
  /** Most records that are named; they count as fetched. */
  limit: number
}

/** `card` is what the document brought; whoever asks scores by it, so the order of those met means nothing. */
export type MetRecord = RecordRef & { card: string }

/** `cosine` is that of the angle between the two vectors; an engine may pass over one of many that are equally near. */
export type NearRecord = RecordRef & { cosine: number }

export type MetRecords = {
  met: MetRecord[]
  /** By their vectors, nearest first. */
  near: NearRecord[]
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

export function checkCandidateQuery({ idsMax, nearest }: Pick<CandidateQuery, 'idsMax' | 'nearest'>): void {
  if (!isCount(idsMax, candidateIdsMax))
    throw new SearchQueryError(`idsMax is ${idsMax}; it must be a whole number from 1 to ${candidateIdsMax}`)
  if (nearest && !isCount(nearest.limit, idsMax))
    throw new SearchQueryError(`nearest.limit is ${nearest.limit}; it must be a whole number from 1 to idsMax, which is ${idsMax}`)
}

const isCount = (number: number, most: number): boolean => Number.isInteger(number) && number > 0 && number <= most
