import t from 'tap'
import { countingIds } from '@siku/testing'
import { sql } from 'drizzle-orm'
import { demand, indexAll, matcherActor, publish, technology } from './support.ts'
import { matchingService } from './review/service.ts'

const ids = countingIds(5)

t.test('anyone looks up concepts, in their own language', async (t) => {
  const { call } = await matchingService(t)
  const found = await call<{ edition: string; data: { id: string; label: string }[] }>(
    'GET',
    '/v1/thesaurus/concepts?q=reverse%20osmosis&lang=en'
  )
  t.equal(found.status, 200)
  t.equal(found.body.data[0]?.id, 'reverse-osmosis')
  const chinese = await call<{ data: { id: string }[] }>('GET', `/v1/thesaurus/concepts?q=${encodeURIComponent('反渗透')}`, {
    headers: { 'accept-language': 'ru' }
  })
  t.equal(chinese.body.data[0]?.id, 'reverse-osmosis', 'without lang every language is searched')
  t.match(await call('GET', '/v1/thesaurus/concepts/reverse-osmosis?lang=fr'), {
    status: 200,
    body: { id: 'reverse-osmosis', kind: 'method', edition: found.body.edition, labels: { zh: [/反渗透/], en: [/reverse osmosis/] } }
  })
  t.match(await call('GET', '/v1/thesaurus/concepts/no-such-concept'), { status: 404 })
  t.match(await call('GET', '/v1/thesaurus/concepts'), { status: 400, body: { errors: [{ pointer: '/query/q' }] } })
})

t.test('the thesaurus is browsed by field, as an outline, and against the direction of its relations', async (t) => {
  const { call } = await matchingService(t)
  const fields = await call<{ data: { field: string; title: string; weight: number; concepts: number }[] }>(
    'GET',
    '/v1/thesaurus/fields?lang=es'
  )
  t.match(
    fields.body.data.find(({ field }) => field === 'water'),
    { title: 'Agua', weight: 1 }
  )
  t.ok(fields.body.data.every(({ concepts }) => concepts > 100))

  type Tree = { data: { id: string; depth: number; parent: string | null; narrower: number }[]; cut: boolean }
  const tree = await call<Tree>('GET', '/v1/thesaurus/tree?root=desalination&depth=1')
  t.match(tree.body.data[0], { id: 'desalination', depth: 0, parent: null })
  const below = tree.body.data.filter(({ depth }) => depth === 1)
  t.equal(below.length, tree.body.data[0]?.narrower)
  t.ok(below.some(({ id }) => id === 'reverse-osmosis') && below.every(({ parent }) => parent === 'desalination'))
  t.match(await call('GET', '/v1/thesaurus/tree?root=no-such-concept'), { status: 404 })
  t.equal((await call<Tree>('GET', '/v1/thesaurus/tree?depth=6')).body.cut, true, 'the whole is longer than one answer')
  t.match(await call('GET', '/v1/thesaurus/tree?depth=99'), { status: 400 })

  type View = { relatedFrom: { kind: string; source: { id: string; label: string } }[] }
  const problem = await call<View>('GET', '/v1/thesaurus/concepts/saline-groundwater?lang=ru')
  t.ok(
    problem.body.relatedFrom.some(({ kind, source }) => kind === 'addresses' && source.id === 'reverse-osmosis'),
    'which methods address it'
  )

  const narrowed = await call<{ data: { kind: string; field: string }[] }>(
    'GET',
    '/v1/thesaurus/concepts?q=water&lang=en&kind=problem&field=water'
  )
  t.ok(narrowed.body.data.length > 2 && narrowed.body.data.every(({ kind, field }) => kind === 'problem' && field === 'water'))
})

type Pipeline = {
  stages: { stage: number; waiting: number; parked: number }[]
  matches: { state: string; count: number }[]
  published: object[]
}

t.test('operators see counts at every stage without a right to read a record, and try parked work again', async (t) => {
  const { call, owner, worker } = await matchingService(t, [demand(ids()), technology(ids())])
  await publish(owner, [demand(ids()), demand(ids())])
  const stage = async (number: number) =>
    (await call<Pipeline>('GET', '/v1/pipeline', { who: 'operator' })).body.stages.find((one) => one.stage === number)
  t.match(await stage(4), { waiting: 2, parked: 0 })
  await indexAll(owner)
  t.match(await stage(4), { waiting: 0 })
  t.match(await stage(5), { waiting: 2 })
  t.match(await stage(6), { waiting: 1 })

  await owner.withTx(matcherActor, (tx) =>
    tx.execute(
      sql`update work.item set state = 'parked', last_error = '{"message":"broken","attempts":5}' where kind = 'match' and done < wanted`
    )
  )
  t.match(await stage(5), { parked: 2 })
  const parked = await call<{ data: { recordId: string }[] }>('GET', '/v1/pipeline/parked', { who: 'auditor' })
  t.match(parked.body.data, [{ kind: 'match', library: 'cooperation-demand', error: 'broken' }, {}])
  t.equal(await worker.drain(), 0)

  const [first] = parked.body.data
  const body = { kind: 'match', recordIds: [first?.recordId] }
  t.match(await call('POST', '/v1/pipeline/parked/redrive', { who: 'auditor', body }), { status: 403 })
  const headers = { 'idempotency-key': 'once' }
  t.match(await call('POST', '/v1/pipeline/parked/redrive', { who: 'operator', body, headers }), {
    status: 200,
    body: { redriven: 1, stillParked: 1 }
  })
  t.match(await call('POST', '/v1/pipeline/parked/redrive', { who: 'operator', body, headers }), {
    status: 200,
    body: { redriven: 0, stillParked: 1 }
  })
  t.match(await call('POST', '/v1/pipeline/parked/redrive', { who: 'operator', body: { kind: 'match' } }), {
    status: 200,
    body: { redriven: 1, stillParked: 0 }
  })
  t.equal(await worker.drain(), 2)
  t.match(await stage(6), { waiting: 3 })
  for (const who of ['memberOfA', 'missionOfficer', 'matchOfficer'] as const)
    t.match(await call('GET', '/v1/pipeline', { who }), { status: 403 }, who)
})

t.test('the service describes itself', async (t) => {
  const { app } = await matchingService(t)
  const document = (await app.inject({ url: '/openapi.json' })).json<{ paths: Record<string, object>; components: { schemas: object } }>()
  t.same(
    Object.keys(document.paths)
      .filter((path) => path.startsWith('/v1'))
      .toSorted(),
    [
      '/v1/dossiers/{demandId}',
      '/v1/duplicates',
      '/v1/duplicates/{id}/confirm',
      '/v1/duplicates/{id}/dismiss',
      '/v1/gaps/demands',
      '/v1/gaps/summary',
      '/v1/gaps/technologies',
      '/v1/matches',
      '/v1/matches/count',
      '/v1/matches/demands',
      '/v1/matches/{id}',
      '/v1/matches/{id}/approve',
      '/v1/matches/{id}/defer',
      '/v1/matches/{id}/questions',
      '/v1/matches/{id}/reject',
      '/v1/matches/{id}/replay',
      '/v1/matches/{id}/runs',
      '/v1/matches/{id}/take',
      '/v1/pipeline',
      '/v1/pipeline/needs-translation',
      '/v1/pipeline/parked',
      '/v1/pipeline/parked/redrive',
      '/v1/thesaurus/changes',
      '/v1/thesaurus/changes/{id}',
      '/v1/thesaurus/changes/{id}/approve',
      '/v1/thesaurus/changes/{id}/reject',
      '/v1/thesaurus/concepts',
      '/v1/thesaurus/concepts/{id}',
      '/v1/thesaurus/edition',
      '/v1/thesaurus/editions',
      '/v1/thesaurus/export',
      '/v1/thesaurus/fields',
      '/v1/thesaurus/suggestions',
      '/v1/thesaurus/tree'
    ]
  )
  for (const name of ['Concept', 'DemandShortlist', 'Dossier', 'Match', 'MatchSummary', 'Pipeline', 'Problem'])
    t.ok(Object.hasOwn(document.components.schemas, name), `${name} has a name of its own`)
  t.equal((await app.inject({ url: '/health/ready' })).statusCode, 200)
})
