import type { LibraryName } from '@siku/contracts'
import type { Database } from '@siku/db'
import { createVectorCopy } from '../embedding/vector-copy.ts'
import { followRows } from './follow-rows.ts'
import { createMatchShelf, type MatchShelf } from './match-shelf.ts'
import type { Scorer } from './scoring.ts'

export type PublishedCopyOptions = { db: Database; scorer: Scorer; pageSize?: number }

export type PublishedCopy = Omit<MatchShelf, 'take' | 'takeVector' | 'dropVectors' | 'unread'> & {
  /** Returns once everything that was numbered when it was called, and every vector stored by then, is in the copy. */
  catchUp: () => Promise<void>
}

const followed: readonly LibraryName[] = ['technology-reserve', 'cooperation-demand']

/**
 * The matcher's own copy of what is published on both sides, fed in position order. Who catches up after taking a claim sees every
 * counterpart that was ready before it: of two records that become ready at once, the later one's run finds the pair.
 */
export function createPublishedCopy({ db, scorer, pageSize = 500 }: PublishedCopyOptions): PublishedCopy {
  const { take, takeVector, dropVectors, unread, ...shelf } = createMatchShelf(scorer)
  const vectors = createVectorCopy(db, scorer.weights, { take: takeVector, dropAll: dropVectors })
  const rows = { db, edition: scorer.edition, libraries: followed, pageSize, take, unread }
  return { ...shelf, catchUp: followRows({ ...rows, follow: vectors.catchUp }) }
}
