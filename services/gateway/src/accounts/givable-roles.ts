import { isStaffRole, ownerRoles, staffRoles, type Actor, type Role } from '@siku/contracts'
import { RolesNotGivable } from '../errors.ts'
import type { OrganisationRow } from './account-rows.ts'

export const missionTypes = ['embassy', 'consulate', 'chamber', 'international-organisation'] as const
const institutionTypes = ['service-institution', 'park', 'chamber', 'university', 'research-institute']

export const isMission = (type: string): boolean => (missionTypes as readonly string[]).includes(type)

/** Roles that make sense in an organisation of this kind; staff sit only where the command line has seated them. */
function rolesIn({ type, country, seatsStaff }: Pick<OrganisationRow, 'type' | 'country' | 'seatsStaff'>): Role[] {
  if (seatsStaff) return [...staffRoles, 'operator']
  const speaksForOthers = isMission(type) || (type === 'government' && country !== 'CN')
  return ownerRoles.filter((role) =>
    role === 'mission-officer' ? speaksForOthers : role === 'institution-editor' ? institutionTypes.includes(type) : true
  )
}

/** Nobody gives more than the own office allows: the operator runs accounts and never makes staff. */
export function givableRoles(actor: Actor, organisation: OrganisationRow): Role[] {
  const fitting = rolesIn(organisation)
  if (actor.roles.includes('commission-admin')) return fitting
  if (actor.roles.includes('operator')) return fitting.filter((role) => !isStaffRole(role))
  if (actor.organisationId !== organisation.id) return []
  if (actor.roles.includes('org-admin')) return fitting.filter((role) => !isStaffRole(role) && role !== 'operator')
  return actor.roles.includes('mission-officer') ? fitting.filter((role) => role === 'mission-officer' || role === 'member') : []
}

export function assertGivable(actor: Actor, organisation: OrganisationRow, wanted: readonly Role[]): void {
  const givable = givableRoles(actor, organisation)
  const beyond = wanted.filter((role) => !givable.includes(role))
  if (beyond.length > 0) throw RolesNotGivable(beyond.join(', '), givable.join(', ') || 'none')
}

/** The role of whoever applied for an organisation. */
export const firstRoleOf = (type: string): Role => (isMission(type) ? 'mission-officer' : 'org-admin')

/** Staff see other people's records and the operator other people's accounts: a password alone is not enough for either. */
export const needsTotp = (roles: readonly Role[]): boolean => roles.some((role) => isStaffRole(role) || role === 'operator')
