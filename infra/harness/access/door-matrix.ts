import { organisations } from '../support/people.ts'
import type { Door } from '../support/open-door.ts'
import { doorPrincipals } from './door-principals.ts'
import { doorTargets, type DoorTarget } from './door-targets.ts'
import { readTruthTable } from './read-truth-table.ts'
import type { Route } from './requests.ts'
import type { DoorMatrix, DoorPrincipal } from './run-door-matrix.ts'

const table = readTruthTable('truth-table-gateway.tsv')

/** Everybody at the public door, and objects of every kind and owner for them to ask for. */
export async function doorMatrix(door: Door): Promise<DoorMatrix> {
  const principals = await doorPrincipals(door)
  const make = doorTargets(door)
  const { a, b, kenya } = organisations
  const users: DoorTarget[] = []
  const keys: DoorTarget[] = []
  for (const { id } of [a, b, kenya]) {
    users.push(await make.user(id, 'active'))
    keys.push(await make.key(id, 'active'))
  }
  users.push(await make.user(a.id, 'disabled'))
  keys.push(await make.key(a.id, 'revoked'))
  const standing = (['a', 'b', 'kenya'] as const).map(make.standing)
  const applying = await Promise.all((['pending', 'verified', 'suspended', 'refused'] as const).map(make.organisation))
  const other = principals.find(({ name }) => name === 'another organisation')
  const sessionsFor = async ({ actor, comes }: DoorPrincipal) => [
    await make.session(other?.actor.id ?? ''),
    ...(actor.kind === 'user' && comes === undefined ? [await make.session(actor.id)] : [])
  ]
  const targetsFor = async ({ method, url }: Route, principal: DoorPrincipal): Promise<readonly DoorTarget[]> => {
    if (url.startsWith('/v1/sessions/')) return sessionsFor(principal)
    if (url.startsWith('/v1/users/:id')) return users
    if (url.startsWith('/v1/keys/:id')) return keys
    if (url.startsWith('/v1/organisations/:id')) return method === 'POST' ? applying : [...standing, ...applying]
    return url === '/v1/users' || url === '/v1/users/invitations' || (url === '/v1/keys' && method !== 'POST') ? standing : []
  }
  return { door, table, principals, targetsFor }
}
