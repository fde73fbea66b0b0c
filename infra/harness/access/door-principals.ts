import { staffRoles } from '@siku/contracts'
import { visitor } from '../support/people.ts'
import type { Door, Entrant, Visitor } from '../support/open-door.ts'
import { send } from '../support/send.ts'
import type { DoorPrincipal } from './run-door-matrix.ts'

const people: readonly Visitor[] = [
  { name: 'member', of: 'a', role: 'member' },
  { name: 'own administrator', of: 'a', role: 'org-admin' },
  { name: 'another organisation', of: 'b', role: 'member' },
  { name: 'another administrator', of: 'b', role: 'org-admin' },
  { name: 'mission of Kenya', of: 'kenya', role: 'mission-officer' },
  { name: 'mission of France', of: 'france', role: 'mission-officer' },
  { name: 'institution editor', of: 'institution', role: 'institution-editor' },
  ...staffRoles.map((role) => ({ name: role, of: 'commission' as const, role })),
  { name: 'operator', of: 'commission', role: 'operator' }
]

/** Everybody who may knock at the public door: people in sessions of their own, programs with keys, and what only looks like one of them. */
export async function doorPrincipals(door: Door): Promise<DoorPrincipal[]> {
  const entrants = await door.signIn(people)
  const signedIn = entrants.map((entrant): DoorPrincipal => ({ ...entrant, column: entrant.actor.roles[0] ?? 'visitor' }))
  const administrator = entrants.find(({ name }) => name === 'own administrator')
  const member = signedIn.find(({ name }) => name === 'member')
  if (!administrator || !member) throw new Error('somebody is missing')
  const { 'x-siku-csrf': _csrf, ...uncovered } = member.headers
  return [
    { name: 'visitor', actor: visitor, headers: {}, column: 'visitor' },
    {
      name: 'session that is over',
      actor: visitor,
      headers: { cookie: 'siku=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', 'sec-fetch-site': 'same-origin' },
      column: 'visitor'
    },
    ...signedIn,
    {
      ...member,
      name: 'member from another site',
      headers: { ...member.headers, 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
      comes: 'from another site'
    },
    { ...member, name: 'member without the header', headers: uncovered, comes: 'from another site' },
    await keyHolder(door, administrator, ['gateway:read']),
    await keyHolder(door, administrator, ['matching:read']),
    {
      name: 'unknown key',
      actor: visitor,
      headers: { authorization: `Bearer siku_000000000000_${'x'.repeat(43)}` },
      column: 'visitor',
      comes: 'with a bad key'
    },
    {
      name: 'token of a service',
      actor: visitor,
      headers: { authorization: 'Bearer eyJhbGciOiJFZERTQSJ9.e30.x' },
      column: 'visitor',
      comes: 'with a bad key'
    }
  ]
}

/** A key acts in the roles that its maker may give a program, never in the maker's own. */
async function keyHolder(door: Door, { actor, headers }: Entrant, scopes: string[]): Promise<DoorPrincipal> {
  const made = await send(door.app, { method: 'POST', url: '/v1/keys', headers, body: { client: scopes.join(), scopes, validDays: 30 } })
  if (made.status !== 201) throw new Error(`a key was answered ${made.status}: ${made.bytes}`)
  const authorization = `Bearer ${String(made.body.key)}`
  return {
    name: `key with ${scopes.join()}`,
    actor: { ...actor, kind: 'key', id: String(made.body.id), roles: ['member'], scopes },
    headers: { authorization },
    column: 'member',
    scopes
  }
}
