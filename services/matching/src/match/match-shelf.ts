import type { AnnotatedDocument } from '@siku/db'
import type { Side } from '@siku/matcher'
import type { KnownVector } from '../embedding/vector-copy.ts'
import type { Unread } from './follow-rows.ts'
import { isOffered, needsTranslation, toMatchRecord, type MatchRecord } from './matchable.ts'
import type { Scorer } from './scoring.ts'

export type MatchShelf = ReturnType<typeof createMatchShelf>

/** Published records in memory, with the postings over their concepts: what may be matched, and which revision of each row was met when. */
export function createMatchShelf(scorer: Scorer) {
  const postings = scorer.createPostings()
  const revisions = createRevisionMarks()
  const unread = new Map<string, Unread>()
  const vectors = createVectorMarks()
  const { records, put, remove } = createRecords(postings, vectors)
  let taken = 0

  return {
    take: (document: AnnotatedDocument) => {
      const { id, revision, library, position } = document
      taken += 1
      revisions.set(id, revision, taken)
      remove(id)
      unread.delete(id)
      if (!isOffered(document) || needsTranslation(document)) return
      if (document.annotation === null) unread.set(id, { id, library, position: position ?? 0 })
      else put(toMatchRecord(document))
    },
    takeVector: (vector: KnownVector) => {
      taken += 1
      vectors.set(vector.recordId, vector, taken)
      const record = records.get(vector.recordId)
      if (record) put(record)
    },
    /** Another model is in use: no vector that was taken may be compared any more. */
    dropVectors: () => {
      taken += 1
      vectors.drop(taken)
      for (const record of records.values()) if (record.entry.meaning) put(record)
    },
    /** Which vector of its version a record had at a mark: its position, 0 for none; none of these if that changed later. */
    vectorAt: (id: string, mark: number): number => vectors.at(id, mark, records.get(id)?.entry.version),
    find: (id: string): MatchRecord | undefined => records.get(id),
    all: (side: Side): MatchRecord[] => [...records.values()].filter((record) => record.side === side),
    /** Rows whose version the index worker has not read with this thesaurus edition yet. */
    unread: (): Unread[] => [...unread.values()],
    isUnread: (id: string): boolean => unread.has(id),
    /** A point in the life of the shelf: what a list was found in. */
    mark: (): number => taken,
    /** The revision a row had at a mark; none if it was met later, for then the list knew an older one. */
    revisionAt: revisions.at,
    /** Records of the same side that share the most with this one. */
    lookalikes: lookalikesIn(records, postings),
    candidates: candidatesIn(records, postings, scorer),
    reaching: reachingIn(records, postings, scorer)
  }
}

/** A vector of another version says nothing of this one. */
const withMeaning = (record: MatchRecord, vector: KnownVector | undefined): MatchRecord => ({
  ...record,
  entry: { ...record.entry, meaning: vector?.version === record.entry.version ? vector.meaning : undefined }
})

/** The records themselves, in step with the postings. */
function createRecords(postings: ReturnType<Scorer['createPostings']>, vectors: ReturnType<typeof createVectorMarks>) {
  const records = new Map<string, MatchRecord>()
  return {
    records,
    /** Always a new record: what was found with the former one can still be explained. */
    put: (record: MatchRecord) => {
      const known = withMeaning(record, vectors.of(record.entry.id))
      records.set(known.entry.id, known)
      postings.put(known.side, known.entry)
    },
    remove: (id: string) => {
      const known = records.get(id)
      if (known) postings.remove(known.side, id)
      records.delete(id)
    }
  }
}

/** Which revision of a row was met, and when. */
function createRevisionMarks() {
  const met = new Map<string, { revision: number; takenAt: number }>()
  return {
    set: (id: string, revision: number, takenAt: number) => void met.set(id, { revision, takenAt }),
    at: (id: string, mark: number): number => {
      const known = met.get(id)
      return known === undefined || known.takenAt > mark ? -1 : known.revision
    }
  }
}

/** Which vector of a record was met, and when. */
function createVectorMarks() {
  const met = new Map<string, { vector: KnownVector | undefined; takenAt: number }>()
  return {
    of: (id: string): KnownVector | undefined => met.get(id)?.vector,
    set: (id: string, vector: KnownVector, takenAt: number) => void met.set(id, { vector, takenAt }),
    drop: (takenAt: number) => {
      for (const id of met.keys()) met.set(id, { vector: undefined, takenAt })
    },
    at: (id: string, mark: number, version: number | undefined): number => {
      const known = met.get(id)
      if (known !== undefined && known.takenAt > mark) return -1
      return known?.vector && known.vector.version === version ? known.vector.position : 0
    }
  }
}

/** Asked as if it stood on the other side, a record finds its own kind. */
const oppositeOf: Record<Side, Side> = { demand: 'technology', technology: 'demand' }

const lookalikesIn =
  (records: ReadonlyMap<string, MatchRecord>, postings: ReturnType<Scorer['createPostings']>) =>
  (record: MatchRecord, limit: number): MatchRecord[] => {
    const { found } = postings.candidates(oppositeOf[record.side], record.entry, limit, (id) => id !== record.entry.id)
    return found.flatMap(({ id }) => records.get(id) ?? [])
  }

type Candidates = { counterparts: MatchRecord[]; cut: boolean }

type Accepts = (counterpart: MatchRecord) => boolean

const acceptedIn = (records: ReadonlyMap<string, MatchRecord>, accepts: Accepts) => (id: string) => {
  const counterpart = records.get(id)
  return counterpart !== undefined && accepts(counterpart)
}

/** What is nearest by its concepts or meaning, of what `accepts` lets through; `cut`: more was met. */
const candidatesIn =
  (records: ReadonlyMap<string, MatchRecord>, postings: ReturnType<Scorer['createPostings']>, { candidateFloor }: Scorer) =>
  (record: MatchRecord, limit: number, accepts: Accepts): Candidates => {
    const { found, cut } = postings.candidates(record.side, record.entry, limit, acceptedIn(records, accepts))
    const near = found.filter(({ candidateScore, similarity }) => candidateScore >= candidateFloor || similarity !== undefined)
    return { counterparts: near.flatMap(({ id }) => records.get(id) ?? []), cut: cut && near.length === found.length }
  }

/** The counterparts that may reach the threshold with this record, of those that `accepts` lets through; `cut`: more of them were met. */
const reachingIn =
  (records: ReadonlyMap<string, MatchRecord>, postings: ReturnType<Scorer['createPostings']>, { mayReach }: Scorer) =>
  (record: MatchRecord, limit: number, accepts: Accepts): Candidates => {
    const { found, cut } = postings.reaching(record.side, record.entry, limit, acceptedIn(records, accepts))
    const counterparts = found.flatMap(({ id, candidateScore }) => {
      const counterpart = records.get(id)
      if (counterpart === undefined) return []
      const [demand, technology] = record.side === 'demand' ? [record, counterpart] : [counterpart, record]
      return mayReach(demand.entry, technology.entry, candidateScore) ? [counterpart] : []
    })
    return { counterparts, cut }
  }
