import { anonymous, type Actor, type LibraryName, type OwnerSnapshot, type Role } from '@siku/contracts'
import { createHash } from 'node:crypto'

export const requestId = 'harness-request'

export type HarnessOrganisation = { id: string; name: string; type: string; country: string; verified: boolean }

const organisation = (key: string, name: string, more: Partial<HarnessOrganisation> = {}): HarnessOrganisation => ({
  id: uuidOf(`organisation/${key}`),
  name,
  type: 'enterprise',
  country: 'CN',
  verified: true,
  ...more
})

/** Two owners that must not see each other's records, readers of every kind, and the commission. */
export const organisations = {
  a: organisation('a', '青禾试验院'),
  b: organisation('b', '他山试验院'),
  pending: organisation('pending', '待核实公司', { verified: false }),
  kenya: organisation('kenya', 'Embassy of Kenya', { type: 'embassy', country: 'KE' }),
  france: organisation('france', 'Embassy of France', { type: 'embassy', country: 'FR' }),
  institution: organisation('institution', '出海服务中心', { type: 'service-institution' }),
  commission: organisation('commission', '科学技术委员会', { type: 'government' })
}
export type OrganisationKey = keyof typeof organisations

/** Role of those who post in a library. */
export const writerRole: Record<LibraryName, Role> = {
  'technology-reserve': 'member',
  'cooperation-demand': 'member',
  'project-results': 'member',
  'platform-institutions': 'institution-editor'
}

/** A UUID that is the same for the same name, run after run. */
export function uuidOf(name: string): string {
  const hex = createHash('sha256').update(`harness/${name}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

export type PersonOf = {
  name: string
  of: HarnessOrganisation
  roles: Role[]
  scopes?: string[]
  keyOf: (organisationId: string) => string
}

/** Somebody of an organisation, as the gateway would describe them in a token. */
export function personOf({ name, of, roles, scopes, keyOf }: PersonOf): Actor {
  const { id, type, country, verified } = of
  const snapshot: OwnerSnapshot = { name: of.name, type, country, district: country === 'CN' ? 'haidian' : null }
  return {
    kind: scopes === undefined ? 'user' : 'key',
    id: uuidOf(`person/${name}`),
    organisationId: id,
    organisationKey: keyOf(id),
    organisation: snapshot,
    verified,
    roles,
    scopes: scopes ?? ['*'],
    foreign: country !== 'CN',
    country,
    requestId
  }
}

export const visitor: Actor = anonymous(requestId)
