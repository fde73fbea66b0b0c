import { anonymous, serviceActor, serviceIdentities } from '@siku/contracts'
import type { Actor, OwnerSnapshot, Role, ServiceIdentity } from '@siku/contracts'

const requestId = 'test-request'

type TestOrganisation = { id: string; key: string; snapshot: OwnerSnapshot; foreign: boolean }

/** Two institutes in Beijing that must not see each other's drafts, and a mission abroad. */
export const testOrganisations = {
  a: {
    id: '0a000000-0000-4000-8000-000000000001',
    key: 'key-of-organisation-a',
    snapshot: { name: 'Institute A', type: 'research-institute', country: 'CN', district: 'haidian' },
    foreign: false
  },
  b: {
    id: '0b000000-0000-4000-8000-000000000001',
    key: 'key-of-organisation-b',
    snapshot: { name: 'Company B', type: 'enterprise', country: 'CN', district: 'changping' },
    foreign: false
  },
  mission: {
    id: '0c000000-0000-4000-8000-000000000001',
    key: 'key-of-mission-c',
    snapshot: { name: 'Mission C', type: 'mission', country: 'KE', district: null },
    foreign: true
  },
  commission: {
    id: '0d000000-0000-4000-8000-000000000001',
    key: 'key-of-commission',
    snapshot: { name: 'Commission', type: 'government', country: 'CN', district: null },
    foreign: false
  }
} satisfies Record<string, TestOrganisation>

/** One person per role; change a copy (`{ ...testActors.memberOfA, verified: false }`) for special cases. */
export const testActors = {
  anonymous: anonymous(requestId),
  memberOfA: person(1, testOrganisations.a, ['member']),
  colleagueOfA: person(2, testOrganisations.a, ['member']),
  adminOfA: person(3, testOrganisations.a, ['org-admin']),
  institutionEditorOfA: person(4, testOrganisations.a, ['institution-editor']),
  memberOfB: person(5, testOrganisations.b, ['member']),
  missionOfficer: person(6, testOrganisations.mission, ['mission-officer']),
  intake: person(7, testOrganisations.commission, ['intake']),
  reviewer: person(8, testOrganisations.commission, ['reviewer']),
  secondReviewer: person(9, testOrganisations.commission, ['reviewer']),
  seniorReviewer: person(10, testOrganisations.commission, ['senior-reviewer']),
  compliance: person(11, testOrganisations.commission, ['compliance']),
  secondCompliance: person(12, testOrganisations.commission, ['compliance']),
  matchOfficer: person(13, testOrganisations.commission, ['match-officer']),
  districtOfficer: person(14, testOrganisations.commission, ['district-officer']),
  commissionAdmin: person(15, testOrganisations.commission, ['commission-admin']),
  auditor: person(16, testOrganisations.commission, ['auditor']),
  operator: person(17, testOrganisations.commission, ['operator'])
} satisfies Record<string, Actor>

/** Background processes, by their identity. */
export const testServices = Object.fromEntries(serviceIdentities.map((id) => [id, serviceActor(id, requestId)])) as Record<
  ServiceIdentity,
  Actor
>

/** An API key of a person's organisation with the scopes given. */
export function keyOf(actor: Actor, scopes: string[]): Actor {
  return { ...actor, kind: 'key', id: actor.id.replace(/^10/, '20'), scopes }
}

function person(number: number, organisation: TestOrganisation, roles: Role[]): Actor {
  return {
    kind: 'user',
    id: `10000000-0000-4000-8000-${number.toString().padStart(12, '0')}`,
    organisationId: organisation.id,
    organisationKey: organisation.key,
    organisation: organisation.snapshot,
    verified: true,
    roles,
    scopes: ['*'],
    foreign: organisation.foreign,
    country: organisation.snapshot.country,
    requestId
  }
}
