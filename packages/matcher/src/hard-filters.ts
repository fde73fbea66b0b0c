import { liesInPlanRegion } from './plan-regions.ts'
import type { MatchSide } from './types.ts'

export const filterReasons = [
  'not-published',
  'expired',
  'not-open',
  'own-organisation',
  'excluded-organisation',
  'excluded-country',
  'prohibited',
  'no-technology-sought'
] as const
export type FilterReason = (typeof filterReasons)[number]

/** Control states with which nothing is matched, whatever a later assessment may say. */
const neverMatched = ['prohibited', 'secret']
/** What a demand can look for that a technology record may answer. */
const answerable: readonly (string | null)[] = [null, 'technology', 'research-partner', 'facility', 'training']

/** Whether the pair may be scored at all on the given day (YYYY-MM-DD). */
export function passesHardFilters(demand: MatchSide, technology: MatchSide, today: string): boolean {
  return findFilterReason(demand, technology, today) === undefined
}

/** Why the pair may not be scored, or undefined. Uncleared technology passes: staff see it, flagged (M4). */
export function findFilterReason(demand: MatchSide, technology: MatchSide, today: string): FilterReason | undefined {
  return (
    sideReason(demand, today) ??
    sideReason(technology, today) ??
    (demand.text.deadline !== null && demand.text.deadline.slice(0, 10) < today ? 'expired' : undefined) ??
    (answerable.includes(demand.text.seeks) ? undefined : 'no-technology-sought') ??
    (neverMatched.includes(technology.access.controlState) ? 'prohibited' : undefined) ??
    (demand.organisationKey === technology.organisationKey ? 'own-organisation' : undefined) ??
    exclusionReason(demand, technology) ??
    exclusionReason(technology, demand)
  )
}

function sideReason(side: MatchSide, today: string): FilterReason | undefined {
  if (side.tombstone || side.access.state !== 'published') return 'not-published'
  if (!side.access.openForInterest) return 'not-open'
  if (side.validUntil !== null && side.validUntil.slice(0, 10) < today) return 'expired'
  return undefined
}

function exclusionReason(side: MatchSide, other: MatchSide): FilterReason | undefined {
  if (side.access.excludedKeys.includes(other.organisationKey)) return 'excluded-organisation'
  const { country } = other
  if (country === null) return undefined
  const excluded = side.access.excludedCountries.some((code) => code === country || liesInPlanRegion(country, code))
  return excluded ? 'excluded-country' : undefined
}
