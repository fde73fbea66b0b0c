import { clearedStates, isStaff, type Actor } from '@siku/contracts'
import { all, any, everything, not, oneOf, type Clause } from './clause.ts'

/** Who asks, reduced to what a filter needs. */
export type Reader =
  | { kind: 'staff' }
  | { kind: 'anonymous' | 'organisation'; ownerKey: string | null; foreign: boolean; country: string | null; verified: boolean }

export function readerOf(actor: Actor): Reader {
  if (actor.kind === 'service' || isStaff(actor)) return { kind: 'staff' }
  return {
    kind: actor.kind === 'anonymous' ? 'anonymous' : 'organisation',
    ownerKey: actor.organisationKey,
    foreign: actor.foreign,
    country: actor.country,
    verified: actor.verified
  }
}

/**
 * The records a reader may know of: the same rule as `maySee` of the contracts, as a filter. Hits, counts, facets and highlights are
 * all taken from what passes it.
 */
export function readerFilter(reader: Reader): Clause {
  if (reader.kind === 'staff') return everything
  const open = all(
    oneOf('access.state', ['published']),
    cleared(reader.country),
    oneOf('access.visibility', audienceOf(reader)),
    ...(reader.ownerKey === null ? [] : [not(oneOf('access.excludedKeys', [reader.ownerKey]))]),
    ...(reader.country === null ? [] : [not(oneOf('access.excludedCountries', [reader.country]))])
  )
  return reader.ownerKey === null ? open : any(oneOf('access.ownerKey', [reader.ownerKey]), open)
}

function cleared(country: string | null): Clause {
  const forEverybody = oneOf('access.controlState', clearedStates)
  if (country === null) return forEverybody
  return any(forEverybody, all(oneOf('access.controlState', ['restricted']), oneOf('access.clearedCountries', [country])))
}

function audienceOf(reader: Exclude<Reader, { kind: 'staff' }>): string[] {
  const everybody = ['public-anonymous', 'public-named']
  if (reader.kind === 'anonymous' || !reader.verified) return everybody
  return reader.foreign ? [...everybody, 'network', 'demand-side'] : [...everybody, 'network']
}
