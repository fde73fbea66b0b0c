import t from 'tap'
import { countingIds } from '@siku/testing'
import type { DemandGap, GapSummary, TechnologyGap } from '../../src/gaps/gap-schemas.ts'
import { matchingService } from '../review/service.ts'
import { demand, technology } from '../support.ts'

const ids = countingIds(8)
const desalination = ['brackish-desalination', 'reverse-osmosis', 'saline-groundwater']
const pumping = ['pumping-energy-cost', 'seawater-intrusion']
type Page<T> = { data: T[]; next: string | null }

t.test('what is asked for and not there, and what is there and not asked for', async (t) => {
  const water = { sectors: ['water-environment'] }
  const met = demand(ids(), { about: desalination, text: water })
  const unmet = [
    demand(ids(), { about: ['dairy-cattle', 'beef-cattle'], text: water, publishedAt: '2027-01-01T00:00:00.000Z' }),
    demand(ids(), { about: ['dairy-cattle', 'beef-cattle'], text: water, country: 'TN', publishedAt: '2027-01-11T00:00:00.000Z' })
  ]
  const park = demand(ids(), { about: desalination, text: { seeks: 'park' } })
  const offers = [technology(ids(), { about: desalination }), technology(ids(), { about: pumping })]
  const { call, settle } = await matchingService(t, [met, ...unmet, park, ...offers])
  const gaps = async (query = '') => (await call<Page<DemandGap>>('GET', `/v1/gaps/demands${query}`, { who: 'matchOfficer' })).body

  const all = await gaps()
  t.same(
    all.data.map(({ demand: { id }, reason }) => [id, reason]),
    [
      [unmet[0]?.id, 'nothing-fits'],
      [unmet[1]?.id, 'nothing-fits'],
      [park.id, 'no-technology-sought']
    ],
    'longest waiting first; a demand that is met is no gap'
  )
  t.equal((all.data[0]?.ageDays ?? 0) - (all.data[1]?.ageDays ?? 0), 10)
  t.same(
    (await gaps('?country=TN')).data.map(({ demand: { id } }) => id),
    [unmet[1]?.id]
  )
  t.equal((await gaps('?field=water-environment')).data.length, 2)
  const first = await gaps('?limit=2')
  t.same(
    (await gaps(`?limit=2&cursor=${first.next ?? ''}`)).data.map(({ demand: { id } }) => id),
    [park.id]
  )

  const { body: summary } = await call<GapSummary>('GET', '/v1/gaps/summary', { who: 'auditor' })
  t.match(
    summary.data.find(({ country, field }) => country === 'KE' && field === 'water-environment'),
    { count: 1 }
  )
  t.match(
    summary.data.find(({ field }) => field === null),
    { country: 'KE', count: 1 }
  )

  const { body: idle } = await call<Page<TechnologyGap>>('GET', '/v1/gaps/technologies', { who: 'intake' })
  t.same(
    idle.data.map(({ technology: { id } }) => id),
    [offers[1]?.id],
    'a technology that was never matched'
  )

  await t.test('a gap closes when something that fits is published', async (t) => {
    await settle([technology(ids(), { about: ['dairy-cattle', 'beef-cattle'] })])
    t.same(
      (await gaps()).data.map(({ demand: { id } }) => id),
      [park.id]
    )
  })

  await t.test('someone of an organisation may not', async (t) => {
    for (const who of ['memberOfA', 'anonymous', 'operator'] as const)
      for (const route of ['demands', 'summary', 'technologies']) t.ok((await call('GET', `/v1/gaps/${route}`, { who })).status >= 400)
  })
})
