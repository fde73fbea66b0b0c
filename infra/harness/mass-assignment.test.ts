import { libraryNames } from '@siku/contracts'
import { Type } from 'typebox'
import t, { type Test } from 'tap'
import { serverOwnedNames } from './access/injections.ts'
import { libraryTargets } from './access/library-targets.ts'
import { injectEverywhere } from './access/mass-assignment.ts'
import { matchTargets } from './access/match-targets.ts'
import { principalsOf } from './access/principals.ts'
import { readTruthTable } from './access/read-truth-table.ts'
import { libraryTables, matchTables, storedRows } from './access/stored-rows.ts'
import type { Matrix } from './access/run-matrix.ts'
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
  const { matches, duplicates } = await matchTargets(places)
  await judge(
    t,
    places,
    {
      app: places.app('matching'),
      service: 'matching',
      table,
      mergeInto: '',
      principals: principalsOf({ ...places, ownerRole: 'member', service: 'matching' }),
      targetsFor: ({ url }) => (url.startsWith('/v1/matches/:id') ? matches : url.startsWith('/v1/duplicates/:id') ? duplicates : [])
    },
    () =>
      storedRows(
        places,
        matchTables,
        [...matches, ...duplicates].map(({ id }) => id)
      )
  )
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
