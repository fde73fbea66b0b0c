import type { Database } from '@siku/db'
import type { Weights } from '@siku/matcher'
import type { Thesaurus } from '@siku/thesaurus'
import { shanghaiDay } from '../shanghai-day.ts'
import { scoreCounterparts, type FoundMatch } from './find-matches.ts'
import { mayMeet } from './matchable.ts'
import { createPublishedCopy, type PublishedCopy } from './published-copy.ts'
import { createScorer, type Scorer } from './scoring.ts'

export type OracleOptions = { scorer: Scorer; today: string }

/**
 * The match set by brute force: every demand against every technology, without candidates. Quadratic, and therefore right; what the
 * worker stores piece by piece is held against it.
 */
export function expectedMatches(copy: PublishedCopy, options: OracleOptions): FoundMatch[] {
  return copy.all('demand').flatMap((demand) => expectedFor(copy, demand.entry.id, options))
}

/** The same for one record of either side. */
export function expectedFor(copy: PublishedCopy, recordId: string, { scorer, today }: OracleOptions): FoundMatch[] {
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
  return expectedMatches(copy, { scorer, today: shanghaiDay(setting.now) })
}
