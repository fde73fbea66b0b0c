import t from 'tap'
import { doorMatrix } from './access/door-matrix.ts'
import { runDoorMatrix } from './access/run-door-matrix.ts'
import { routesOf } from './access/run-matrix.ts'
import { openDoor } from './support/open-door.ts'

/** R-D1 at the public door: its own routes by sessions and keys, against `access/truth-table-gateway.tsv`. */
t.setTimeout(600_000)
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
