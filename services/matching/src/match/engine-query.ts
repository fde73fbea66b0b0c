import type { LibraryName } from '@siku/contracts'
import type { MatchSide, Side } from '@siku/matcher'
import { all, any, not, oneOf, type CandidateQuery, type Clause } from '@siku/search'
import { impactToken } from '@siku/service-kit'
import { askingVector } from '../embedding/engine-vector.ts'
import { neverOffered, withoutTechnology, type MatchRecord } from './matchable.ts'
import type { Scorer } from './scoring.ts'

const wordsMax = 10
/** Of those near in meaning few are near enough to be candidates by that alone. */
const nearDefault = 200
const dayMs = 86_400_000
const libraryOf: Record<Side, LibraryName> = { demand: 'cooperation-demand', technology: 'technology-reserve' }

type Asking = { scorer: Scorer; today: string; idsMax: number; nearMax?: number }

/** The question of one record to the index: everything that may answer it on the other side, and of that what the hard filters leave. */
export function counterpartQuery(
  record: Pick<MatchRecord, 'side' | 'entry'>,
  { scorer, today, idsMax, nearMax = nearDefault }: Asking
): CandidateQuery {
  const { side, entry } = record
  return {
    lists: scorer.askedImpacts(side, entry).map((asked) => ({ token: impactToken(asked), weight: asked.weight })),
    words: namesIn(entry),
    ...(entry.meaning ? { nearest: { ...askingVector(entry.meaning), limit: Math.min(nearMax, idsMax) } } : {}),
    filter: all(...offered(side === 'demand' ? 'technology' : 'demand', today), ...mayMeetIn(record)),
    idsMax
  }
}

/** The same among its own kind: a record finds what looks like it as if it stood on the other side. */
export function lookalikeQuery({ side, entry }: Pick<MatchRecord, 'side' | 'entry'>, { scorer, today, idsMax }: Asking): CandidateQuery {
  const asSide = side === 'demand' ? 'technology' : 'demand'
  return {
    lists: scorer.askedImpacts(asSide, entry).map((asked) => ({ token: impactToken(asked), weight: asked.weight })),
    filter: all(...offered(side, today), not(oneOf('id', [entry.id]))),
    idsMax
  }
}

/** What may be matched on a day at all. Regions and deadlines are not in the index; the exact filters look at them afterwards. */
function offered(side: Side, today: string): Clause[] {
  return [
    oneOf('facets.library', [libraryOf[side]]),
    oneOf('access.state', ['published']),
    oneOf('access.openForInterest', [true]),
    not(oneOf('access.controlState', neverOffered)),
    any(
      { kind: 'null', field: 'access.validUntil' },
      { kind: 'at-least', field: 'access.validUntil', value: Math.floor(Date.parse(today) / dayMs) }
    ),
    ...(side === 'demand' ? [not(oneOf('facets.seeks', withoutTechnology))] : [])
  ]
}

function mayMeetIn({ side, entry }: Pick<MatchRecord, 'side' | 'entry'>): Clause[] {
  const { organisationKey, country, access } = entry
  return [
    not(oneOf('access.ownerKey', [organisationKey, ...access.excludedKeys])),
    not(oneOf('access.excludedKeys', [organisationKey])),
    ...(country === null ? [] : [not(oneOf('access.excludedCountries', [country]))]),
    ...(side === 'demand' && country === 'CN' ? [not(oneOf('access.visibility', ['demand-side']))] : [])
  ]
}

/** Model numbers and standards first, then the weightiest words no concept covers: names are among them. */
function namesIn({ annotation }: MatchSide): string[] {
  const ordered = annotation.terms.toSorted(
    (a, b) => Number(b.language === 'zxx') - Number(a.language === 'zxx') || b.weight - a.weight || (a.term < b.term ? -1 : 1)
  )
  return [...new Set(ordered.map(({ term }) => term))].slice(0, wordsMax)
}
