import { libraryNames, type Actor } from '@siku/contracts'
import t, { type Test } from 'tap'
import { isReading } from './access/expectation.ts'
import { judgeLists } from './access/judge-lists.ts'
import { libraryTargets } from './access/library-targets.ts'
import { matchTargets } from './access/match-targets.ts'
import { principalsOf } from './access/principals.ts'
import { readTruthTable } from './access/read-truth-table.ts'
import { routesOf, runMatrix, type Matrix } from './access/run-matrix.ts'
import { libraryTables, matchTables, storedRows } from './access/stored-rows.ts'
import { organisations, writerRole } from './support/people.ts'
import { openPlaces, type Places, type PlacesOptions } from './support/places.ts'

/**
 * R-D1: every route × method × caller × own, foreign, absent × class of states, against `access/truth-table.tsv`; R-H7 in it: uncleared
 * records are among the faces. Each part has a control with a seeded defect.
 */
t.setTimeout(900_000)
const table = readTruthTable()

async function runAndJudge(t: Test, matrix: Matrix): Promise<void> {
  t.ok(matrix.principals.length >= 12, `${matrix.principals.length} principals`)
  const started = performance.now()
  const verdict = await runMatrix(matrix)
  t.comment(
    `${routesOf(matrix.app).length} routes, ${verdict.cells} cells in ${Math.round(performance.now() - started)} ms: ${JSON.stringify(verdict.outcomes)}`
  )
  t.same(verdict.unlisted, [], 'every route has a line in the truth table')
  t.same(verdict.wrong.slice(0, 40), [], 'every answer is of the kind the table says')
  t.same(verdict.told.slice(0, 40), [], 'what is hidden and what is absent are answered with the same bytes and headers')
}

for (const library of libraryNames) {
  t.test(
    `${library}: every route answers every caller as the truth table says, for own, foreign and absent records in every class of states`,
    async (t) => {
      const places = await openPlaces(t, { only: [library] })
      const { base, forReading, forWriting, forHead, described } = await libraryTargets(places, library)
      for (const line of described) t.comment(line)
      await places.settle()
      const principals = principalsOf({ ...places, ownerRole: writerRole[library], service: library })
      const rows = () =>
        storedRows(
          places,
          libraryTables(places.library(library).schemaName),
          forReading.map(({ id }) => id)
        )
      const before = await rows()
      t.same(await judgeLists(places, library, { principals, targets: forReading }), [], 'lists and feed show to each what each may read')
      await runAndJudge(t, {
        app: places.app(library),
        service: library,
        table,
        principals,
        mergeInto: base.reference,
        targetsFor: ({ url, method }) =>
          !url.includes(':id') ? [] : method === 'HEAD' ? forHead : isReading(method) ? forReading : forWriting
      })
      t.same(await rows(), before, 'nothing of what was refused left a trace')
    }
  )
}

t.test(
  'matching: every route answers every caller as the truth table says, for own, foreign and absent matches in every state',
  async (t) => {
    const places = await openPlaces(t, { only: ['technology-reserve', 'cooperation-demand', 'matching'] })
    const { matches, demands, duplicates, changes, described } = await matchTargets(places)
    for (const line of described) t.comment(line)
    const rows = () =>
      storedRows(
        places,
        matchTables,
        matches.map(({ id }) => id)
      )
    const before = await rows()
    await runAndJudge(t, {
      app: places.app('matching'),
      service: 'matching',
      table,
      mergeInto: '',
      principals: principalsOf({ ...places, ownerRole: 'member', service: 'matching' }),
      targetsFor: ({ url }) => {
        if (url.endsWith('/count') || url.startsWith('/v1/dossiers/')) return demands
        if (url.startsWith('/v1/duplicates/:id')) return duplicates
        if (url.startsWith('/v1/thesaurus/changes/:id')) return changes
        return url.startsWith('/v1/matches/:id') ? matches : []
      }
    })
    t.same(await rows(), before, 'nothing of what was refused left a trace')
  }
)

const first = ([one = 'nothing was found']: readonly string[]) => one.slice(0, 160)

/** A matrix of a few callers and records, for the controls. */
async function smallMatrix(t: Test, options: PlacesOptions = {}): Promise<Matrix & { places: Places }> {
  const places = await openPlaces(t, { only: ['project-results'], ...options })
  const { base, forWriting } = await libraryTargets(places, 'project-results')
  const names = ['visitor', 'owner', 'another organisation', 'auditor']
  const principals = principalsOf({ ...places, ownerRole: 'member', service: 'project-results' }).filter(({ name }) => names.includes(name))
  const targets = forWriting.filter(({ state }) => state === 'new/draft' || state === 'published/none')
  return {
    places,
    app: places.app('project-results'),
    service: 'project-results',
    table,
    principals,
    mergeInto: base.reference,
    targetsFor: ({ url }) => (url.includes(':id') ? targets : [])
  }
}

t.test('control: without a defect the small matrix finds none', async (t) => {
  const { wrong, told, unlisted } = await runMatrix(await smallMatrix(t))
  t.same({ wrong, told, unlisted }, { wrong: [], told: [], unlisted: [] })
})

t.test('control: one route whose access is weakened is found', async (t) => {
  const matrix = await smallMatrix(t)
  const line = matrix.app.routeTable.find(({ method, url }) => method === 'GET' && url.endsWith('/:id/contact'))
  if (line === undefined || line.access === 'public') throw new Error('there is no such route')
  line.access.action = 'vocabulary.read'
  const { wrong } = await runMatrix(matrix)
  t.ok(wrong.length > 0 && wrong.every((text) => text.includes('/contact')), first(wrong))
})

t.test('control: somebody who is taken for another is found', async (t) => {
  const { a, b } = organisations
  const mistake = (actor: Actor): Actor => (actor.organisationId === b.id ? { ...actor, organisationId: a.id } : actor)
  const { wrong, told } = await runMatrix(await smallMatrix(t, { mistake }))
  t.ok(
    wrong.some((text) => text.startsWith('PATCH') && text.includes('another organisation')),
    first(wrong)
  )
  t.ok(told.length > 0, first(told))
})

t.test('control: an answer that tells a hidden record from an absent one by a header is found', async (t) => {
  const matrix = await smallMatrix(t)
  const { told } = await runMatrix({ ...matrix, app: tellingApp(matrix.app) })
  t.ok(told.length > 0, first(told))
})

/** An app that lets a header slip out that depends on whether the record exists. */
function tellingApp(app: Matrix['app']): Matrix['app'] {
  const seen = new Set<string>()
  const inject = async (request: { url: string }) => {
    const answer = await app.inject(request as never)
    if (answer.statusCode === 404 && seen.has(request.url)) Object.assign(answer.headers, { 'x-cache': 'hit' })
    seen.add(request.url)
    return answer
  }
  return Object.assign(Object.create(app) as Matrix['app'], { inject })
}

t.test('control: a route that nobody listed is found', async (t) => {
  const matrix = await smallMatrix(t, {
    plugins: [
      async (app) =>
        void app.get(
          '/v1/results/:id/all',
          {
            config: { access: 'public' },
            schema: { operationId: 'all', tags: ['x'], summary: 'x', response: { 200: {} } }
          },
          async () => ({})
        )
    ]
  })
  const { unlisted } = await runMatrix(matrix)
  t.same(unlisted, ['GET /v1/results/:id/all', 'HEAD /v1/results/:id/all'])
})
