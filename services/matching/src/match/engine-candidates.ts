import { serviceActor } from '@siku/contracts'
import { annotatedById, type Database } from '@siku/db'
import { meaningSimilarity, type Candidate } from '@siku/matcher'
import type { NearRecord, SearchIndex } from '@siku/search'
import type { Logger } from '@siku/service-kit'
import { sql } from 'drizzle-orm'
import { carryMissingVectors, carryVectors } from '../embedding/carry-vectors.ts'
import type { KnownVector } from '../embedding/vector-copy.ts'
import { createVectorReader, type VectorReader } from '../embedding/vector-reader.ts'
import { counterpartQuery, lookalikeQuery } from './engine-query.ts'
import { createMatchShelf, type MatchShelf } from './match-shelf.ts'
import type { MatchRecord } from './matchable.ts'
import type { PublishedCopy } from './published-copy.ts'
import { rankMet } from './rank-met.ts'
import type { Scorer } from './scoring.ts'

export type EngineCandidatesOptions = {
  db: Database
  index: EngineIndex
  scorer: Scorer
  /** Most records the index sends for one run. */
  idsMax?: number
  /** Most counterparts read and scored exactly. */
  candidatesMax?: number
  /** Most counterparts looked at because the index holds them near in meaning. */
  nearMax?: number
  log: Logger
}

/** What of the shared index a worker uses. */
export type EngineIndex = Pick<SearchIndex, 'candidates' | 'vectors' | 'putVectors'>

export type EngineCandidates = {
  /** Brings vectors of these records into the index that it does not hold yet; to be called after they were claimed and before `gather`. */
  carry: (recordIds: readonly string[]) => Promise<number>
  /** The same for every vector the index lacks, as after a rebuild. */
  carryMissing: () => Promise<number>
  /**
   * As much of the published copy as one run needs: the record, its candidates, its stored counterparts and what looks like it. To be
   * called after the claim was taken: what was ready before it is in the index by then.
   */
  gather: (recordId: string, today: string) => Promise<PublishedCopy>
}

const actor = serviceActor('service:match', 'engine-candidates')
const candidatesDefault = 500
const nearDefault = 200
/** Weights on a card are rounded, so what just misses the floor is looked at too. */
const roundingMax = 0.02
const lookalikeIdsMax = 1_000
const lookalikesMax = 50

/**
 * Candidates from the search engine all processes share, so that a single run needs no copy of everything: the index meets and ranks, the
 * few best are then read from what is published, and all that follows is exact.
 */
export function createEngineCandidates(options: EngineCandidatesOptions): EngineCandidates {
  const { db, index, scorer, log } = options
  const read = createVectorReader(scorer.weights)
  const ask = askIndex(options, read)

  const take = async (shelf: MatchShelf, ids: readonly string[]) => {
    const { rows, vectors } = await db.withRead(actor, async (tx) => ({
      rows: await annotatedById(tx, ids, scorer.edition),
      vectors: await read(tx, ids)
    }))
    for (const row of rows) shelf.take(row)
    for (const vector of vectors) shelf.takeVector(vector)
  }

  return {
    carry: (recordIds) => carryVectors({ db, index, read, log }, recordIds),
    carryMissing: () => carryMissingVectors({ db, index, read, log }),
    async gather(recordId, today) {
      const shelf = createMatchShelf(scorer)
      await take(shelf, [recordId])
      const record = shelf.find(recordId)
      if (record === undefined) return { ...shelf, catchUp }
      const [found, alike, stored] = await Promise.all([
        ask.counterparts(record, today),
        ask.lookalikes(record, today),
        storedCounterparts(db, recordId)
      ])
      await take(shelf, [...new Set([...found.ids, ...alike, ...stored])])
      return {
        ...shelf,
        catchUp,
        reaching: (asking, limit, accepts) => {
          const { counterparts: best, cut } = shelf.reaching(asking, limit, accepts)
          return { counterparts: best, cut: cut || found.cut }
        }
      }
    }
  }
}

/** What the index is asked for one run, ranked by the cards it sends. */
function askIndex(
  { db, index, scorer, idsMax = 8_000, candidatesMax = candidatesDefault, nearMax = nearDefault }: EngineCandidatesOptions,
  read: VectorReader
) {
  const canReach = ({ candidateScore }: Candidate) => candidateScore >= scorer.candidateFloor - roundingMax
  /** The index orders by angles alone; which of those it names are candidates by their meaning is told from the vectors themselves. */
  const nearEnough = async ({ side, entry }: MatchRecord, near: readonly NearRecord[]): Promise<string[]> => {
    const ids = near.map(({ id }) => id)
    const known = ids.length === 0 ? [] : await db.withRead(actor, (tx) => read(tx, ids))
    const { weights } = scorer
    const similarityOf = ({ meaning }: KnownVector) =>
      side === 'demand' ? meaningSimilarity(entry.meaning, meaning, weights) : meaningSimilarity(meaning, entry.meaning, weights)
    const isNear = (vector: KnownVector) => (similarityOf(vector) ?? 0) >= weights.embedding.candidateMin
    return known.filter(isNear).map(({ recordId }) => recordId)
  }
  return {
    async counterparts(record: MatchRecord, today: string): Promise<{ ids: string[]; cut: boolean }> {
      const { side, entry } = record
      const { met, near, left } = await index.candidates(counterpartQuery(record, { scorer, today, idsMax, nearMax }))
      const byMeaning = await nearEnough(record, near)
      const ranked = rankMet(met, { scorer, side, entry }).filter(canReach)
      const cut = ranked.length > candidatesMax || scorer.canReachBy(left.map(askedBy), side, entry)
      const ids = ranked.slice(0, candidatesMax).map(({ id }) => id)
      // As many near enough as were asked for: there may be more.
      return { ids: [...ids, ...byMeaning], cut: cut || byMeaning.length >= nearMax }
    },
    async lookalikes(record: MatchRecord, today: string): Promise<string[]> {
      const { met } = await index.candidates(lookalikeQuery(record, { scorer, today, idsMax: lookalikeIdsMax }))
      const side = record.side === 'demand' ? 'technology' : 'demand'
      const ranked = rankMet(met, { scorer, side, entry: record.entry })
      return ranked.slice(0, lookalikesMax).map(({ id }) => id)
    }
  }
}

/** It was as new as it gets when it was gathered. */
const catchUp = async () => undefined

const askedBy = (token: string): { kind: 'concept' | 'topic'; id: string } => ({
  kind: token.startsWith('c:') ? 'concept' : 'topic',
  id: token.slice(token.indexOf(':') + 1)
})

/** Scored again by the same run, so that a pair leaves when it no longer holds, whatever the index met. */
async function storedCounterparts(db: Database, recordId: string): Promise<string[]> {
  const rows = await db.withRead(actor, (tx) =>
    tx.execute<{ id: string }>(sql`
      select case when demand_id = ${recordId}::uuid then technology_id else demand_id end as id
      from matching.match where (demand_id = ${recordId}::uuid or technology_id = ${recordId}::uuid) and state <> 'withdrawn'`)
  )
  return [...rows].map(({ id }) => id)
}
