import type { Actor, OwnerSnapshot, Role } from '@siku/contracts'
import { testActors } from '@siku/testing'
import { randomUUID } from 'node:crypto'
import { withKey } from '../library-harness.ts'

export type NewPerson = { name?: string; country?: string; roles: Role[]; verified?: boolean }

/** Somebody of an organisation nobody else is in. */
export function person({ name = '某研究院', country = 'CN', roles, verified = true }: NewPerson): Actor {
  const organisation: OwnerSnapshot = {
    name,
    type: country === 'CN' ? 'research-institute' : 'embassy',
    country,
    district: country === 'CN' ? 'haidian' : null
  }
  return withKey({
    ...testActors.memberOfA,
    id: randomUUID(),
    organisationId: randomUUID(),
    organisation,
    roles,
    verified,
    country,
    foreign: country !== 'CN'
  })
}

/** Another person of the same organisation. */
export const colleagueOf = (actor: Actor, roles: Role[] = actor.roles): Actor => ({ ...actor, id: randomUUID(), roles })

/** The staff, as the published rows know their organisation. */
export const staff = {
  intake: withKey(testActors.intake),
  reviewer: withKey(testActors.reviewer),
  secondReviewer: withKey(testActors.secondReviewer),
  seniorReviewer: withKey(testActors.seniorReviewer),
  compliance: withKey(testActors.compliance),
  secondCompliance: withKey(testActors.secondCompliance),
  matchOfficer: withKey(testActors.matchOfficer),
  districtOfficer: withKey(testActors.districtOfficer),
  commissionAdmin: withKey(testActors.commissionAdmin),
  auditor: withKey(testActors.auditor)
}

export const outside = {
  anonymous: testActors.anonymous,
  operator: withKey(testActors.operator)
}
