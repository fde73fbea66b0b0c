import { serviceActor, serviceIdentities, staffRoles, type Actor, type Role, type ServiceName } from '@siku/contracts'
import { organisations, personOf, requestId, visitor, type HarnessOrganisation } from '../support/people.ts'
import type { Tokens } from '../support/tokens.ts'

export type Principal = {
  name: string
  /** Column of the truth table. */
  column: string
  actor: Actor
  token: (audience: ServiceName) => Promise<string | undefined>
  /** The token is no good: 401 wherever somebody looks at it. */
  isRefused?: true
  /** What a key may do here: nothing, or read. */
  key?: 'nothing' | 'read'
}

export type PrincipalsOptions = {
  tokens: Tokens
  keyOf: (organisationId: string) => string
  /** Role of those who own the objects in question. */
  ownerRole: Role
  service: Exclude<ServiceName, 'gateway'>
}

/** Everybody who may knock: owners, strangers, the staff one by one, processes, keys, and tokens that are no good. */
export function principalsOf({ tokens, keyOf, ownerRole, service }: PrincipalsOptions): Principal[] {
  const { a, b, pending, kenya, france, institution, commission } = organisations
  const person = (name: string, of: HarnessOrganisation, role: Role, scopes?: string[]): Actor =>
    personOf({ name, of, roles: [role], keyOf, ...(scopes && { scopes }) })
  const known = (name: string, actor: Actor, column: string = actor.roles[0] ?? 'service'): Principal => ({
    name,
    column,
    actor,
    token: (audience) => tokens.sign(actor, audience)
  })
  const owner = person('owner', a, ownerRole)
  const other: ServiceName = service === 'matching' ? 'project-results' : 'matching'
  const good = known('owner', owner)
  const keyless = person('key without the scope', a, ownerRole, [`${other}:read`, `${other}:write`])
  const reading = person('key that reads', a, ownerRole, [`${service}:read`])
  return [
    { name: 'visitor', column: 'visitor', actor: visitor, token: async () => undefined },
    { ...known('visitor through the gateway', visitor, 'visitor') },
    known('pending organisation', person('pending', pending, ownerRole), 'pending'),
    good,
    known('colleague', person('colleague', a, ownerRole)),
    known('own administrator', person('own administrator', a, 'org-admin')),
    known('another organisation', person('another organisation', b, ownerRole)),
    known('another administrator', person('another administrator', b, 'org-admin')),
    known('mission of Kenya', person('mission of Kenya', kenya, 'mission-officer')),
    known('mission of France', person('mission of France', france, 'mission-officer')),
    known('institution editor', person('institution editor', institution, 'institution-editor')),
    ...[...staffRoles, 'operator' as const].map((role) => known(role, person(role, commission, role))),
    ...serviceIdentities.map((id) => known(id, serviceActor(id, requestId), 'service')),
    { ...known('key without the scope', keyless), key: 'nothing' },
    { ...known('key that reads', reading), key: 'read' },
    { ...good, name: 'token that has expired', token: (audience) => tokens.expired(owner, audience), isRefused: true },
    { ...good, name: 'token for another service', token: () => tokens.sign(owner, other), isRefused: true },
    { ...good, name: 'token of an unknown key', token: (audience) => tokens.forged(owner, audience), isRefused: true }
  ]
}
