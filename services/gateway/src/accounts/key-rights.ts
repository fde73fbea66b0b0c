import { serviceNames, type Actor, type Role } from '@siku/contracts'
import { ScopesBeyondOwn } from '../errors.ts'

/**
 * What a key can be given: reading and writing in each service, at the gateway reading only. Keys are for programs: they neither invite
 * people nor make keys.
 */
export const keyScopes = serviceNames.flatMap((service) =>
  service === 'gateway' ? ['gateway:read'] : [`${service}:read`, `${service}:write`]
)

/** Roles a key can act in, by the role of whoever makes it. */
const keyRolesOf: Partial<Record<Role, readonly Role[]>> = {
  'org-admin': ['member', 'institution-editor'],
  'mission-officer': ['mission-officer', 'member']
}

/** Roles of a new key: those of the maker that a program may hold. */
export function keyRolesFor(actor: Actor): Role[] {
  const held = actor.roles.flatMap((role) => keyRolesOf[role] ?? [])
  return [...new Set(held)]
}

export function assertScopes(actor: Actor, scopes: readonly string[]): void {
  const beyond = scopes.filter((scope) => !keyScopes.includes(scope) || !(actor.scopes.includes('*') || actor.scopes.includes(scope)))
  if (beyond.length > 0) throw ScopesBeyondOwn(beyond.join(', '))
}
