import t from 'tap'
import library from '../src/library.ts'
import { libraryConformance, must, outside, person, ruleTable } from '@siku/library-kit/testing'
import { fixture } from './fixture.ts'

const bench = await libraryConformance(t, library, fixture)
const day = (after: number) => new Date(bench.clock.now().getTime() + (8 * 3_600_000 + after * 86_400_000)).toISOString().slice(0, 10)
const coverage = (over: object) => ({
  coverage: [...(fixture.draft.details['coverage'] as object[]), { country: 'UZ', services: ['tax'], mode: 'remote', ...over }]
})

t.test('what an institution must say', (t) =>
  ruleTable(t, bench, [
    { says: 'a credential that runs out today', details: { credentials: [{ name: 'CNAS', validTo: day(0) }] } },
    {
      says: 'a credential that ran out yesterday',
      details: { credentials: [{ name: 'CMA' }, { name: 'CNAS', validTo: day(-1) }] },
      pointer: '/details/credentials/1/validTo',
      detail: /ran out/
    },
    { says: 'no service', details: { services: [] }, pointer: '/details/services' },
    { says: 'an unknown service', details: { services: ['magic'] }, pointer: '/details/services/0', status: 400 },
    { says: 'a country without a service', details: coverage({ services: [] }), pointer: '/details/coverage/1/services' },
    { says: 'a country with a service', details: coverage({}) },
    { says: 'no country', details: { coverage: [] } },
    { says: 'a country by its name', details: coverage({ country: 'Uzbekistan' }), pointer: '/details/coverage/1/country', status: 400 },
    { says: 'half a person', details: { capacity: { staff: 0.5 } }, pointer: '/details/capacity/staff', status: 400 },
    {
      says: 'a case of the future',
      details: { trackRecord: [{ country: 'KZ', service: 'tax', year: 2101, outcome: 'x', clientConsent: true }] },
      pointer: '/details/trackRecord/0/year',
      status: 400
    }
  ])
)

t.test('an institution is confirmed every year, as often as it likes', (t) => {
  t.same(library.validity, { ageing: [{ afterDays: 365, does: 'expire' }], renewalsMax: null, renewableDaysBefore: null })
  t.end()
})

t.test('it counts until the first of its credentials runs out, and again once that one is renewed', async (t) => {
  await bench.age()
  const credentials = [{ name: 'CNAS', validTo: day(200) }, { name: 'CMA', validTo: day(40) }, { name: 'ISO 9001' }]
  const last = day(40)
  const record = await bench.publish({ details: { ...fixture.draft.details, credentials } })
  t.match(record, { validUntil: `${last}T16:00:00.000Z`, turn: { side: 'nobody', by: last } })
  bench.clock.set(`${last}T15:59:59.000Z`)
  t.equal(await bench.age(), 0, 'in force on its last day, as Beijing counts days')
  bench.clock.set(`${last}T16:00:00.000Z`)
  t.equal(await bench.age(), 1)
  const expired = must(await bench.call({ actor: bench.author, path: `/${record.id}` }), 200)
  t.match(expired, { state: 'expired' })
  t.equal((await bench.call({ actor: outside.anonymous, path: `/${record.id}` })).status, 404)
  t.match((await bench.step(bench.author, expired, 'confirm')).body, {
    status: 409,
    code: 'SIKU_LIBRARY_RENEWAL_REFUSED',
    detail: /edit that date/
  })
  const renewed = { ...fixture.draft.details, credentials: [{ name: 'CMA', validTo: day(400) }] }
  const edited = must(await bench.edit(bench.author, expired, { details: renewed }), 200)
  const again = await bench.moved(person({ roles: ['reviewer'] }), await bench.moved(bench.author, edited, 'submit'), 'approve')
  t.match(again, { state: 'published', validUntil: new Date(bench.clock.now().getTime() + 365 * 86_400_000).toISOString() })
})

t.test('only its editor posts it', async (t) => {
  for (const role of ['member', 'org-admin', 'mission-officer'] as const) {
    t.equal((await bench.call({ actor: person({ roles: [role] }), method: 'POST', body: bench.draft() })).status, 403, role)
  }
})

t.test('what index and matcher meet: every service it offers anywhere, every country it covers', async (t) => {
  const details = {
    ...fixture.draft.details,
    ...coverage({}),
    branches: [{ country: 'KZ', city: '阿拉木图' }],
    trackRecord: [{ country: 'KZ', service: 'tax', year: 2025, outcome: '取得证书', clientConsent: true }]
  }
  const record = await bench.publish({ details })
  const text = await bench.publicText(record)
  t.match(text, {
    services: ['inspection-certification', 'product-certification', 'standards', 'tax'],
    serviceCountries: ['KZ', 'UZ'],
    seeks: null
  })
  const more = Object.fromEntries(text.more.map((line) => [line.field, line.text]))
  t.same(more, { '/details/trackRecord/0/outcome': '取得证书', '/details/branches/0/city': '阿拉木图' })
})
