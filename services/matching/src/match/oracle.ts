import { serviceActor } from '@siku/contracts'
import type { Database } from '@siku/db'
import type { Weights } from '@siku/matcher'
import type { Thesaurus } from '@siku/thesaurus'
import { sql } from 'drizzle-orm'
import { shanghaiDay } from '../shanghai-day.ts'
import { keepBest, pairKey } from './best-lists.ts'
import { scoreCounterparts, type FoundMatch } from './find-matches.ts'
import { mayMeet } from './matchable.ts'
import { createPublishedCopy, type PublishedCopy } from './published-copy.ts'
import { createScorer, type Scorer } from './scoring.ts'

export type OracleOptions = {
  scorer: Scorer
  today: string
  /** Pairs that people have decided: they stay and take no place. Keys of `pairKey`. */
  decided?: ReadonlySet<string>
}

/**
 * The match set by brute force: every demand against every technology, without candidates. Quadratic, and therefore right; what the
 * worker stores piece by piece is held against it.
 */
export function expectedMatches(copy: PublishedCopy, options: OracleOptions): FoundMatch[] {
  const pairs = copy.all('demand').flatMap((demand) => pairsAbove(copy, demand.entry.id, options))
  const isDecided = (pair: FoundMatch) => options.decided?.has(pairKey(pair)) ?? false
  return [...pairs.filter(isDecided), ...keepBest(pairs.filter((pair) => !isDecided(pair)))]
}

/** Every pair of one record above the threshold, with or without a place. */
export function pairsAbove(copy: PublishedCopy, recordId: string, { scorer, today }: OracleOptions): FoundMatch[] {
  const record = copy.find(recordId)
  if (!record) return []
  const others = copy.all(record.side === 'demand' ? 'technology' : 'demand')
  const met = others.filter((other) => (record.side === 'demand' ? mayMeet(record, other, today) : mayMeet(other, record, today)))
  return scoreCounterparts(record, met, scorer)
}

/** What should be stored once everything owed is done, from a copy of the published rows made afresh. */
export async function readExpectedMatches(
  db: Database,
  setting: { thesaurus: Thesaurus; weights: Weights; now: Date }
): Promise<FoundMatch[]> {
  const scorer = createScorer(setting.thesaurus, setting.weights)
  const copy = createPublishedCopy({ db, scorer })
  await copy.catchUp()
  return expectedMatches(copy, { scorer, today: shanghaiDay(setting.now), decided: await decidedPairs(db) })
}

async function decidedPairs(db: Database): Promise<Set<string>> {
  const rows = await db.withRead(serviceActor('service:match', 'oracle'), (tx) =>
    tx.execute<{ demandId: string; technologyId: string }>(sql`
      select demand_id as "demandId", technology_id as "technologyId" from matching.match where state in ('approved', 'rejected')`)
  )
  return new Set([...rows].map(pairKey))
}
