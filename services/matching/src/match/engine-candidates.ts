import { serviceActor } from '@siku/contracts'
import { annotatedById, type Database } from '@siku/db'
import type { Candidate } from '@siku/matcher'
import type { SearchIndex } from '@siku/search'
import { sql } from 'drizzle-orm'
import { createVectorCopy } from '../embedding/vector-copy.ts'
import { createVectorIndex } from '../embedding/vector-index.ts'
import { counterpartQuery, lookalikeQuery } from './engine-query.ts'
import { createMatchShelf, type MatchShelf } from './match-shelf.ts'
import type { MatchRecord } from './matchable.ts'
import type { PublishedCopy } from './published-copy.ts'
import { rankMet } from './rank-met.ts'
import type { Scorer } from './scoring.ts'

export type EngineCandidatesOptions = {
  db: Database
  index: Pick<SearchIndex, 'candidates'>
  scorer: Scorer
  /** Most records the index sends for one run. */
  idsMax?: number
  /** Most counterparts read and scored exactly. */
  candidatesMax?: number
}

export type EngineCandidates = {
  /**
   * As much of the published copy as one run needs: the record, its candidates, its stored counterparts and what looks like it. To be
   * called after the claim was taken: what was ready before it is in the index by then.
   */
  gather: (recordId: string, today: string) => Promise<PublishedCopy>
}

const actor = serviceActor('service:match', 'engine-candidates')
const candidatesDefault = 500
/** Weights on a card are rounded, so what just misses the floor is looked at too. */
const roundingMax = 0.02
const lookalikeIdsMax = 1_000
const lookalikesMax = 50

/**
 * Candidates from the search engine all processes share, so that a single run needs no copy of everything: the index meets and ranks, the
 * few best are then read from what is published, and all that follows is exact.
 */
export function createEngineCandidates(options: EngineCandidatesOptions): EngineCandidates {
  const { db, scorer, candidatesMax = candidatesDefault } = options
  const vectors = createVectorIndex(scorer.weights)
  const vectorCopy = createVectorCopy(db, scorer.weights, vectors)
  const ask = askIndex(options)

  const take = async (shelf: MatchShelf, ids: readonly string[]) => {
    const rows = await db.withRead(actor, (tx) => annotatedById(tx, ids, scorer.edition))
    for (const row of rows) {
      shelf.take(row)
      const vector = vectors.find(row.id)
      if (vector) shelf.takeVector(vector)
    }
  }

  return {
    async gather(recordId, today) {
      const shelf = createMatchShelf(scorer)
      await vectorCopy.catchUp()
      await take(shelf, [recordId])
      const record = shelf.find(recordId)
      if (record === undefined) return { ...shelf, catchUp }
      const [found, alike, stored] = await Promise.all([
        ask.counterparts(record, today),
        ask.lookalikes(record, today),
        storedCounterparts(db, recordId)
      ])
      const { meaning } = record.entry
      const near = meaning ? vectors.near(record.side, meaning, candidatesMax) : { ids: [], cut: false }
      await take(shelf, [...new Set([...found.ids, ...near.ids, ...alike, ...stored])])
      return {
        ...shelf,
        catchUp,
        candidates: (asking, limit, accepts) => {
          const { counterparts: best, cut } = shelf.candidates(asking, limit, accepts)
          return { counterparts: best, cut: cut || found.cut || near.cut }
        }
      }
    }
  }
}

/** What the index is asked for one run, ranked by the cards it sends. */
function askIndex({ index, scorer, idsMax = 8_000, candidatesMax = candidatesDefault }: EngineCandidatesOptions) {
  const canReach = ({ candidateScore }: Candidate) => candidateScore >= scorer.candidateFloor - roundingMax
  return {
    async counterparts(record: MatchRecord, today: string): Promise<{ ids: string[]; cut: boolean }> {
      const { side, entry } = record
      const { met, left } = await index.candidates(counterpartQuery(record, { scorer, today, idsMax }))
      const ranked = rankMet(met, { scorer, side, entry }).filter(canReach)
      const cut = ranked.length > candidatesMax || scorer.canReachBy(left.map(askedBy), side, entry)
      return { ids: ranked.slice(0, candidatesMax).map(({ id }) => id), cut }
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
