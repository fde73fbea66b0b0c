import { libraryNames, serviceActor } from '@siku/contracts'
import { sql } from 'drizzle-orm'
import { Type } from 'typebox'
import t, { type Test } from 'tap'
import { injectAtDoor } from './access/door-mass-assignment.ts'
import { doorForms, storedByForm } from './access/door-forms.ts'
import { doorMatrix } from './access/door-matrix.ts'
import { serverOwnedNames } from './access/injections.ts'
import { libraryTargets } from './access/library-targets.ts'
import { injectEverywhere } from './access/mass-assignment.ts'
import { matchTargets } from './access/match-targets.ts'
import { principalsOf } from './access/principals.ts'
import { readTruthTable } from './access/read-truth-table.ts'
import { libraryTables, matchTables, storedRows } from './access/stored-rows.ts'
import type { Matrix } from './access/run-matrix.ts'
import { doorCallers } from './fuzz/door-callers.ts'
import { openDoor } from './support/open-door.ts'
import { writerRole } from './support/people.ts'
import { openPlaces, type Places } from './support/places.ts'

/** R-D6: a field that the platform sets is refused wherever somebody writes, and what is stored stays as it was. */
t.setTimeout(600_000)
const table = readTruthTable()

async function judge(t: Test, places: Places, matrix: Matrix, rows: () => Promise<unknown>): Promise<void> {
  const names = await serverOwnedNames(places.owner)
  const before = await rows()
  const { requests, routes, refusedPlain, taken } = await injectEverywhere(places, matrix, names)
  t.comment(`${names.length} names, ${routes} routes, ${requests} requests`)
  t.ok(requests > routes * names.length, 'each name was tried more than once on each route')
  t.same(refusedPlain, [], 'without the field the same requests are taken')
  t.same(taken.slice(0, 40), [], 'with it each is refused with 400')
  t.same(await rows(), before, 'what is stored is as it was')
}

for (const library of libraryNames) {
  t.test(`${library} refuses every field of the platform in every route that writes`, async (t) => {
    const places = await openPlaces(t, { only: [library] })
    const { base, forWriting } = await libraryTargets(places, library)
    const principals = principalsOf({ ...places, ownerRole: writerRole[library], service: library })
    await judge(
      t,
      places,
      {
        app: places.app(library),
        service: library,
        table,
        principals,
        mergeInto: base.reference,
        targetsFor: ({ url }) => (url.includes(':id') ? forWriting : [])
      },
      () =>
        storedRows(
          places,
          libraryTables(places.library(library).schemaName),
          forWriting.map(({ id }) => id)
        )
    )
  })
}

t.test('matching refuses every field of the platform in every route that writes', async (t) => {
  const places = await openPlaces(t, { only: ['technology-reserve', 'cooperation-demand', 'matching'] })
  const { matches, duplicates, changes } = await matchTargets(places)
  await judge(
    t,
    places,
    {
      app: places.app('matching'),
      service: 'matching',
      table,
      mergeInto: '',
      principals: principalsOf({ ...places, ownerRole: 'member', service: 'matching' }),
      targetsFor: ({ url }) => {
        if (url.startsWith('/v1/thesaurus/changes/:id')) return changes
        return url.startsWith('/v1/matches/:id') ? matches : url.startsWith('/v1/duplicates/:id') ? duplicates : []
      }
    },
    () =>
      storedRows(
        places,
        matchTables,
        [...matches, ...duplicates, ...changes].map(({ id }) => id)
      )
  )
})

t.test('the public door refuses every field of the platform in every route that writes', async (t) => {
  const door = await openDoor(t)
  const { requests, routes, refusedPlain, taken, before, after } = await injectAtDoor(await doorMatrix(door))
  t.comment(`${routes} routes, ${requests} requests`)
  t.ok(routes >= 20 && requests > routes * 100)
  t.same(refusedPlain, [], 'without the field the same requests are taken')
  t.same(taken.slice(0, 40), [], 'with it each is refused with 400')
  t.same(after, before, 'what is stored is as it was')
})

t.test('every form of the public door does what it does, whatever fields of the platform come with it', async (t) => {
  const door = await openDoor(t)
  const names = await serverOwnedNames(door.owner)
  for (const [what, fill] of Object.entries(doorForms(door, await doorCallers(door)))) {
    const plain = await storedByForm(door, await fill())
    t.ok(plain.status < 400 && plain.rows.length > 0, `${what} is taken: ${plain.status}, ${plain.rows.length} rows`)
    t.same(await storedByForm(door, await fill(), names), plain, `${what} stores the same with ${names.length} fields more`)
  }
})

t.test('control: a form that takes a field of the platform is found', async (t) => {
  const door = await openDoor(t, [
    async (app) => {
      app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, async (_request: unknown, body: string) =>
        Object.fromEntries(new URLSearchParams(body))
      )
      app.post('/lax', { config: { access: 'public', idempotency: false }, schema: { hide: true } }, async ({ body }, reply) => {
        const { name, roles = 'member' } = body as Record<string, string>
        await door.owner.withTx(serviceActor('service:gateway', 'trap'), (tx) =>
          tx.execute(sql`update gateway.account set display_name = ${name}, roles = array[${roles}]`)
        )
        return reply.redirect('/account', 303)
      })
    }
  ])
  await door.signIn([{ name: 'member', of: 'a', role: 'member' }])
  const fill = (name: string) => ({ url: '/lax', fields: { name }, headers: {} })
  const plain = await storedByForm(door, fill('One'))
  const { rows } = await storedByForm(door, fill('One'), await serverOwnedNames(door.owner))
  t.equal(plain.rows.length, 1)
  t.notSame(rows, plain.rows)
  t.match(rows, [/"operator"/])
})

t.test('control: a route that takes any field is found', async (t) => {
  const places = await openPlaces(t, {
    only: ['project-results'],
    plugins: [
      async (app) =>
        void app.post(
          '/v1/matches/:id/reject',
          {
            config: { access: { action: 'record.pause', scope: 'project-results:write' }, idempotency: false },
            schema: {
              operationId: 'anybody',
              tags: ['x'],
              summary: 'x',
              params: Type.Object({ id: Type.String() }),
              body: Type.Object({}, { additionalProperties: true }),
              response: { 200: {} }
            }
          },
          async () => ({})
        )
    ]
  })
  const { forWriting } = await libraryTargets(places, 'project-results')
  // Its request is one that is known; here it belongs to no match.
  const line = table.find(({ route }) => route.endsWith('/:id/interest'))
  if (line === undefined) throw new Error('the truth table has no line for interest')
  const lax = { ...line, route: '/v1/matches/:id/reject' }
  const matrix: Matrix = {
    app: places.app('project-results'),
    service: 'project-results',
    table: [lax],
    mergeInto: '',
    targetsFor: () => forWriting,
    principals: principalsOf({ ...places, ownerRole: 'member', service: 'project-results' })
  }
  matrix.app.routeTable.splice(0, Infinity, ...matrix.app.routeTable.filter(({ url }) => url === lax.route))
  const { taken } = await injectEverywhere(places, matrix, await serverOwnedNames(places.owner))
  t.ok(
    taken.some((text) => text.includes('with state in body')),
    taken[0] ?? 'nothing was found'
  )
})

t.test('control: a route of the public door that takes any field is found', async (t) => {
  // The door knows how to call what it passes on, and this looks like it.
  const url = '/v1/demands-lax'
  const door = await openDoor(t, [
    async (app) =>
      void app.post(
        url,
        {
          config: { access: 'public', idempotency: false },
          schema: {
            operationId: 'anybody',
            tags: ['x'],
            summary: 'x',
            body: Type.Object({}, { additionalProperties: true }),
            response: { 200: {} }
          }
        },
        async () => ({})
      )
  ])
  const matrix = await doorMatrix(door)
  door.app.routeTable.splice(0, Infinity, ...door.app.routeTable.filter((route) => route.url === url))
  const { taken } = await injectAtDoor({ ...matrix, table: [{ method: 'POST', route: url, when: ['*'], cellFor: () => 'all' }] })
  t.ok(
    taken.some((text) => text.includes('with state in body')),
    taken[0] ?? 'nothing was found'
  )
})
