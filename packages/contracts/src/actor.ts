import type { Role, ServiceIdentity } from './access/roles.ts'

/** What every record remembers of its owner, so that no library asks another service who somebody is. */
export type OwnerSnapshot = { name: string; type: string; country: string; district: string | null }

/** Who acts. The gateway mints it into a token; background processes are actors of their own. */
export type Actor = {
  kind: 'anonymous' | 'user' | 'key' | 'service'
  /** User id, key id, or a service identity such as `service:match`. */
  id: string
  organisationId: string | null
  /** HMAC of the organisation id: what published rows carry in its place. */
  organisationKey: string | null
  organisation: OwnerSnapshot | null
  /** True once staff verified the organisation; pending ones read only what is public. */
  verified: boolean
  roles: Role[]
  /** `<service>:<read|write>` for keys, `*` for people. */
  scopes: string[]
  /** Everyone not signed in for an organisation registered in mainland China. */
  foreign: boolean
  country: string | null
  requestId: string
}

export const anonymous = (requestId: string): Actor => ({
  kind: 'anonymous',
  id: 'anonymous',
  organisationId: null,
  organisationKey: null,
  organisation: null,
  verified: false,
  roles: [],
  scopes: ['*'],
  foreign: true,
  country: null,
  requestId
})

export const serviceActor = (id: ServiceIdentity, requestId: string): Actor => ({
  kind: 'service',
  id,
  organisationId: null,
  organisationKey: null,
  organisation: null,
  verified: true,
  roles: [],
  scopes: ['*'],
  foreign: false,
  country: 'CN',
  requestId
})
