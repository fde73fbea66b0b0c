import type { Actor, Role } from '@siku/contracts'
import { createHash } from 'node:crypto'
import type { SampleOrganisation } from '../sample/sample-schema.ts'

/** A UUID that is the same for the same name, so that the sample is the same installation after installation. */
export function namedUuid(name: string): string {
  const hex = createHash('sha256').update(`siku/sample/${name}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

const missionTypes = ['embassy', 'consulate', 'chamber', 'government', 'international-organisation']

/** Who posts for an organisation of the sample; what it offers as an institution is posted by its editor. */
export function memberOf(organisation: SampleOrganisation, keyOf: (organisationId: string) => string, role = roleOf(organisation)): Actor {
  const id = namedUuid(`organisation/${organisation.key}`)
  return {
    kind: 'user',
    id: namedUuid(`member/${organisation.key}`),
    organisationId: id,
    organisationKey: keyOf(id),
    organisation: {
      name: organisation.name.zh,
      type: organisation.type,
      country: organisation.country,
      district: organisation.district ?? null
    },
    verified: true,
    roles: [role],
    scopes: ['*'],
    foreign: organisation.country !== 'CN',
    country: organisation.country,
    requestId: 'sample'
  }
}

function roleOf({ type, country }: SampleOrganisation): Role {
  if (type === 'service-institution') return 'institution-editor'
  return country !== 'CN' && missionTypes.includes(type) ? 'mission-officer' : 'member'
}

/** Staff of the sample's commission, one person for each name. */
export function staff(name: string, roles: Role[], keyOf: (organisationId: string) => string): Actor {
  const id = namedUuid('organisation/commission')
  return {
    kind: 'user',
    id: namedUuid(`staff/${name}`),
    organisationId: id,
    organisationKey: keyOf(id),
    organisation: { name: '北京市科学技术委员会（演示）', type: 'government', country: 'CN', district: null },
    verified: true,
    roles,
    scopes: ['*'],
    foreign: false,
    country: 'CN',
    requestId: 'sample'
  }
}
