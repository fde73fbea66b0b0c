import t from 'tap'
import library from '../src/library.ts'
import { libraryConformance, person, ruleTable } from '@siku/library-kit/testing'
import { fixture } from './fixture.ts'

const bench = await libraryConformance(t, library, fixture)
const day = (after: number) => new Date(bench.clock.now().getTime() + (8 * 3_600_000 + after * 86_400_000)).toISOString().slice(0, 10)
const partners = [{ organisation: '某大学', country: 'UZ', role: 'user' }]

t.test('what a result must say', (t) =>
  ruleTable(t, bench, [
    { says: 'a project of one day', details: { project: { startsOn: '2025-01-01', endsOn: '2025-01-01' } } },
    {
      says: 'a project that ends before it begins',
      details: { project: { startsOn: '2025-01-02', endsOn: '2025-01-01' } },
      pointer: '/details/project/endsOn',
      detail: /2025-01-02/
    },
    { says: 'a running project', details: { project: { startsOn: '2025-01-02' } } },
    { says: 'no country', details: { countries: [] }, pointer: '/details/countries' },
    { says: 'a registration number of twelve characters', details: { registrationNumber: '992025Y0001A' } },
    {
      says: 'a registration number of thirteen',
      details: { registrationNumber: '992025Y0001AB' },
      pointer: '/details/registrationNumber',
      status: 400
    },
    { says: 'under embargo, for staff', over: { visibility: 'staff' }, details: { embargoUntil: day(30) } },
    { says: 'under embargo, for everybody', details: { embargoUntil: day(30) }, pointer: '/visibility', detail: /staff/ },
    { says: 'under embargo, for the network', over: { visibility: 'network' }, details: { embargoUntil: day(30) }, pointer: '/visibility' },
    { says: 'an embargo that ends today', details: { embargoUntil: day(0) } },
    { says: 'partners who were not asked, in public', details: { partners }, pointer: '/details/partnersConsent' },
    {
      says: 'partners who said no, in public',
      over: { visibility: 'public-named' },
      details: { partners, partnersConsent: false },
      pointer: '/details/partnersConsent'
    },
    { says: 'partners who agreed, in public', details: { partners, partnersConsent: true } },
    { says: 'partners who were not asked, for the network', over: { visibility: 'network' }, details: { partners } },
    { says: 'no partners, in public', details: { partners: [] } },
    {
      says: 'a rate of nothing',
      details: { contract: { kind: 'service', rateToCny: { rate: 0, on: '2025-01-01', currency: 'USD' } } },
      pointer: '/details/contract/rateToCny/rate',
      status: 400
    }
  ])
)

t.test('what was achieved does not expire', (t) => {
  t.same(library.validity, { ageing: [], renewalsMax: null, renewableDaysBefore: null })
  t.end()
})

t.test('what was published under embargo rules cannot be opened by an edit while they hold', async (t) => {
  const record = await bench.publish({ visibility: 'staff', details: { ...fixture.draft.details, embargoUntil: day(30) } })
  t.match((await bench.edit(bench.author, record, { visibility: 'public-anonymous' })).body, {
    status: 422,
    errors: [{ pointer: '/visibility' }]
  })
  bench.clock.advance({ days: 30 })
  t.equal((await bench.edit(bench.author, record, { visibility: 'public-anonymous' })).status, 200)
})

t.test('members, missions and platform institutions tell their results', async (t) => {
  for (const [role, country] of [
    ['member', 'CN'],
    ['mission-officer', 'UZ'],
    ['institution-editor', 'CN']
  ] as const) {
    const over = country === 'UZ' ? { country: 'UZ', targetCountries: ['CN'] } : {}
    t.match(await bench.publish(over, person({ roles: [role], country })), { state: 'published', controlState: 'not-applicable' })
  }
})

t.test('what index and matcher meet: where it was done, how mature it is, and what was learnt', async (t) => {
  const record = await bench.publish({
    details: { ...fixture.confidential?.details, maturity: 'mature', project: { programme: '政府间科技合作' } }
  })
  const text = await bench.publicText(record)
  t.match(text, { stage: 'mature', serviceCountries: ['UZ'], seeks: null, recordType: 'PR' })
  const more = Object.fromEntries(text.more.map((line) => [line.field, line.text]))
  t.same(more, {
    '/details/lessons': '先培训当地操作人员，再交付设备。',
    '/details/impact/0/measure': '受益人口',
    '/details/project/programme': '政府间科技合作'
  })
  t.notOk(JSON.stringify(text).includes('CANARY-7f3a'))
})
