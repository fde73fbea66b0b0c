import type { LibraryName } from '@siku/contracts'
import type { AnnotatedDocument } from '@siku/db'
import type { Side } from '@siku/matcher'
import { isOffered, toMatchRecord, type MatchRecord } from './matchable.ts'
import type { Scorer } from './scoring.ts'

export type MatchShelf = ReturnType<typeof createMatchShelf>
export type Unread = { id: string; library: LibraryName; position: number }

/** Published records in memory, with the postings over their concepts: what may be matched, and which revision of each row was met when. */
export function createMatchShelf(scorer: Scorer) {
  const postings = scorer.createPostings()
  const records = new Map<string, MatchRecord>()
  const revisions = new Map<string, { revision: number; takenAt: number }>()
  const unread = new Map<string, Unread>()
  let taken = 0

  const remove = (id: string) => {
    const known = records.get(id)
    if (known) postings.remove(known.side, id)
    records.delete(id)
    unread.delete(id)
  }
  return {
    take: (document: AnnotatedDocument) => {
      const { id, revision, library, position } = document
      taken += 1
      revisions.set(id, { revision, takenAt: taken })
      remove(id)
      if (!isOffered(document)) return
      if (document.annotation === null) {
        unread.set(id, { id, library, position: position ?? 0 })
        return
      }
      const record = toMatchRecord(document)
      records.set(id, record)
      postings.put(record.side, record.entry)
    },
    find: (id: string): MatchRecord | undefined => records.get(id),
    all: (side: Side): MatchRecord[] => [...records.values()].filter((record) => record.side === side),
    /** Rows whose version the index worker has not read with this thesaurus edition yet. */
    unread: (): Unread[] => [...unread.values()],
    isUnread: (id: string): boolean => unread.has(id),
    /** A point in the life of the shelf: what a list was found in. */
    mark: (): number => taken,
    /** The revision a row had at a mark; none if it was met later, for then the list knew an older one. */
    revisionAt: (id: string, mark: number): number => {
      const met = revisions.get(id)
      return met === undefined || met.takenAt > mark ? -1 : met.revision
    },
    candidates: candidatesIn(records, { postings, floor: scorer.candidateFloor })
  }
}

type Candidates = { counterparts: MatchRecord[]; cut: boolean }

/** The best counterparts by their concepts, of those that `accepts` lets through and that can reach the threshold; `cut`: more were met. */
function candidatesIn(
  records: Map<string, MatchRecord>,
  { postings, floor }: { postings: ReturnType<Scorer['createPostings']>; floor: number }
) {
  return (record: MatchRecord, limit: number, accepts: (counterpart: MatchRecord) => boolean): Candidates => {
    const isAccepted = (id: string) => {
      const counterpart = records.get(id)
      return counterpart !== undefined && accepts(counterpart)
    }
    const { found, cut } = postings.candidates(record.side, record.entry, limit, isAccepted)
    const reaching = found.filter(({ candidateScore }) => candidateScore >= floor)
    return { counterparts: reaching.flatMap(({ id }) => records.get(id) ?? []), cut: cut && reaching.length === found.length }
  }
}
