import t from 'tap'
import { doorPrincipals } from './access/door-principals.ts'
import { doorTargets, type DoorTarget } from './access/door-targets.ts'
import { readTruthTable } from './access/read-truth-table.ts'
import { runDoorMatrix, type DoorMatrix, type DoorPrincipal } from './access/run-door-matrix.ts'
import { routesOf } from './access/run-matrix.ts'
import type { Route } from './access/requests.ts'
import { organisations } from './support/people.ts'
import { openDoor, type Door } from './support/open-door.ts'

/** R-D1 at the public door: its own routes by sessions and keys, against `access/truth-table-gateway.tsv`. */
t.setTimeout(600_000)
const table = readTruthTable('truth-table-gateway.tsv')

async function doorMatrix(door: Door): Promise<DoorMatrix> {
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

t.test('every route of the public door answers every caller as the truth table says', async (t) => {
  const door = await openDoor(t)
  const matrix = await doorMatrix(door)
  t.ok(matrix.principals.length >= 12, `${matrix.principals.length} principals`)
  const verdict = await runDoorMatrix(matrix)
  t.comment(`${routesOf(door.app).length} routes, ${verdict.cells} cells: ${JSON.stringify(verdict.outcomes)}`)
  t.same(verdict.unlisted, [], 'every route has a line in the truth table')
  t.same(verdict.wrong.slice(0, 40), [], 'every answer is of the kind the table says')
  t.same(verdict.told.slice(0, 40), [], 'what is hidden and what is absent are answered with the same bytes and headers')
})

t.test('control: a route whose access is weakened is found', async (t) => {
  const door = await openDoor(t)
  const matrix = await doorMatrix(door)
  const line = door.app.routeTable.find(({ method, url }) => method === 'GET' && url === '/v1/organisations')
  if (line === undefined || line.access === 'public') throw new Error('there is no such route')
  line.access.action = 'vocabulary.read'
  const { wrong } = await runDoorMatrix({ ...matrix, principals: matrix.principals.slice(0, 4) })
  t.ok(wrong.length > 0 && wrong.every((text) => / \/v1\/organisations by/.test(text)), (wrong[0] ?? 'nothing was found').slice(0, 160))
})
