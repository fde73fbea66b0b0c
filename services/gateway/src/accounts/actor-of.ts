import { roles as allRoles, type Actor, type OwnerSnapshot, type Role } from '@siku/contracts'
import type { AccountRow, OrganisationRow } from './account-rows.ts'
import type { Secrets } from './secrets.ts'

type Names = Pick<OrganisationRow, 'country' | 'nameZh' | 'nameEn' | 'nameLocal'>

/** The name an organisation goes by: Chinese for Chinese ones, else English, else its own. */
export function nameOf({ country, nameZh, nameEn, nameLocal }: Names): string {
  const inOrder = country === 'CN' ? [nameZh, nameEn, nameLocal] : [nameEn, nameLocal, nameZh]
  return inOrder.find((name) => name !== null) ?? ''
}

export const snapshotOf = (row: OrganisationRow): OwnerSnapshot => ({
  name: nameOf(row),
  type: row.type,
  country: row.country,
  district: row.district
})

export type ActorParts = {
  kind: 'user' | 'key'
  id: string
  organisation: OrganisationRow
  roles: readonly Role[]
  scopes: readonly string[]
  requestId: string
}

/**
 * Who acts, as every service will see it. What an organisation says of itself counts once staff have verified it: until then it has no
 * country and is foreign.
 */
export function actorOf({ kind, id, organisation, roles, scopes, requestId }: ActorParts, secrets: Secrets): Actor {
  const verified = organisation.state === 'verified'
  return {
    kind,
    id,
    requestId,
    verified,
    organisationId: organisation.id,
    organisationKey: secrets.organisationKey(organisation.id),
    organisation: snapshotOf(organisation),
    roles: allRoles.filter((role) => roles.includes(role)),
    scopes: [...scopes],
    foreign: !(verified && organisation.country === 'CN'),
    country: verified ? organisation.country : null
  }
}

/** Only these may go on: who applied and waits, and who is verified. */
export const isAdmitted = (account: Pick<AccountRow, 'state'>, organisation: Pick<OrganisationRow, 'state'>): boolean =>
  account.state === 'active' && (organisation.state === 'verified' || organisation.state === 'pending')
