import type { Actor } from '../actor.ts'
import { clearedStates, type ControlState } from '../states/control.ts'
import type { RecordState } from '../states/record.ts'
import { isStaffRole } from './roles.ts'
import type { visibilities } from '../codes.ts'

export type Visibility = (typeof visibilities)[number]

/** What decides who may see a published record. The same facts drive the row-level policies and the search filter. */
export type PublishedAccess = {
  state: RecordState
  visibility: Visibility
  openForInterest: boolean
  controlState: ControlState
  /** Countries of letters in force; they clear a restricted record for readers of these countries only. */
  clearedCountries: readonly string[]
  ownerKey: string
  excludedKeys: readonly string[]
  excludedCountries: readonly string[]
}

export const isStaff = (actor: Actor): boolean => actor.roles.some(isStaffRole)

const ownsPublished = (actor: Actor, access: PublishedAccess) => actor.organisationKey !== null && actor.organisationKey === access.ownerKey

/** Cleared for a reader: `not-listed`, `free`, `not-applicable`, or restricted with a letter for the reader's country. */
export function isClearedFor(access: PublishedAccess, country: string | null): boolean {
  if (clearedStates.includes(access.controlState)) return true
  return access.controlState === 'restricted' && country !== null && access.clearedCountries.includes(country)
}

/**
 * Whether a reader may see a published record. Uncleared records are seen by their owner and by staff only; the visitor who is not
 * signed in counts as foreign; `network` means verified organisations; `demand-side` means verified foreign missions and companies.
 */
export function maySee(actor: Actor, access: PublishedAccess): boolean {
  if (actor.kind === 'service' || isStaff(actor) || ownsPublished(actor, access)) return true
  if (access.state !== 'published' || !isClearedFor(access, actor.country)) return false
  if (actor.organisationKey !== null && access.excludedKeys.includes(actor.organisationKey)) return false
  if (actor.country !== null && access.excludedCountries.includes(actor.country)) return false
  return isAudience(actor, access.visibility)
}

function isAudience(actor: Actor, visibility: Visibility): boolean {
  if (visibility === 'public-anonymous' || visibility === 'public-named') return true
  if (!actor.verified || actor.kind === 'anonymous') return false
  return visibility === 'network' || (visibility === 'demand-side' && actor.foreign)
}
