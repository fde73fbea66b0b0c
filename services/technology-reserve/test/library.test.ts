import t from 'tap'
import library from '../src/library.ts'
import { libraryConformance, must, outside, person, ruleTable } from '@siku/library-kit/testing'
import { fixture } from './fixture.ts'

const bench = await libraryConformance(t, library, fixture)
const range = (value: number, valueMax?: number) => ({
  parameter: '处理规模',
  value,
  ...(valueMax === undefined ? {} : { valueMax }),
  unit: 'm3/d'
})

t.test('what a technology must say', (t) =>
  ruleTable(t, bench, [
    { says: 'a figure', details: { performance: [range(20)] } },
    { says: 'a range', details: { performance: [range(20, 200)] } },
    { says: 'a range of one value', details: { performance: [range(20, 20)] } },
    {
      says: 'a range that ends below its beginning',
      details: { performance: [range(1), range(20, 19.9)] },
      pointer: '/details/performance/1/valueMax',
      detail: /at least 20/
    },
    { says: 'no way of cooperation', details: { cooperationModes: [] }, pointer: '/details/cooperationModes' },
    { says: 'the same way twice', details: { cooperationModes: ['supply', 'supply'] }, pointer: '/details/cooperationModes', status: 400 },
    { says: 'readiness level 9', details: { trl: 9 } },
    { says: 'readiness level 10', details: { trl: 10 }, pointer: '/details/trl', status: 400, detail: /at most 9/ },
    { says: 'half a readiness level', details: { trl: 4.5 }, pointer: '/details/trl', status: 400 },
    { says: 'an unknown stage', details: { stage: 'ready' }, pointer: '/details/stage', status: 400, detail: /on-market/ },
    { says: 'a tariff code with its zeros', details: { localisation: { hsCodes: ['0842123000'] } } },
    {
      says: 'a tariff code as a number',
      details: { localisation: { hsCodes: [842123000] } },
      pointer: '/details/localisation/hsCodes/0',
      status: 400
    },
    {
      says: 'a price in fractions of a fen',
      details: { price: { model: 'lump-sum', amount: { amountMinor: 1.5, currency: 'CNY' } } },
      pointer: '/details/price/amount/amountMinor',
      status: 400
    },
    { says: 'the smallest offer that can be posted', over: { keywords: [], classification: [] }, details: { performance: [] } }
  ])
)

t.test('an offer holds a year and is renewed once, from thirty days before its end', (t) => {
  t.same(library.validity, { ageing: [{ afterDays: 365, does: 'expire' }], renewalsMax: 1, renewableDaysBefore: 30 })
  t.end()
})

t.test('what a mainland organisation offers is under export control; what is offered from abroad is seen at once', async (t) => {
  const abroad = person({ name: 'Instituto do Mar', country: 'PT', roles: ['mission-officer'] })
  const offered = await bench.publish({ country: 'PT', sourceLanguage: 'pt', targetCountries: [] }, abroad)
  t.match(offered, { controlState: 'not-applicable', reference: /^TO-PT-/ })
  t.equal((await bench.call({ actor: outside.anonymous, path: `/${offered.id}` })).status, 200)
  t.match(await bench.publish(), { controlState: 'unassessed' })
})

t.test('what index and matcher meet: stage, level, modes, figures, standards and every text of the details', async (t) => {
  const details = {
    ...fixture.draft.details,
    trl: 8,
    applications: ['村镇供水', '海岛'],
    localisation: { standardsHeld: ['CE'], limits: '需三相电' },
    partner: { types: ['park'], role: '当地安装' }
  }
  const record = await bench.publish({ details, confidentialText: '底价' })
  const text = await bench.publicText(record)
  t.match(text, {
    stage: 'on-market',
    trl: 8,
    cooperationModes: ['supply', 'technical-service'],
    partnerTypes: ['park'],
    standards: ['CE'],
    seeks: null,
    performance: [{ parameter: '处理规模', value: 20, valueMax: 200, unit: 'm3/d' }],
    sectors: ['energy-saving-environment'],
    classification: [{}, { scheme: 'een-technology', code: '04005004' }],
    targetCountries: ['KZ', 'UZ'],
    owner: { name: null, country: 'CN' }
  })
  t.match(Object.fromEntries(text.more.map((line) => [line.field, line.text])), {
    '/details/problemSolved': '井水变咸，村民无法饮用。',
    '/details/applications/1': '海岛',
    '/details/localisation/limits': '需三相电',
    '/details/partner/role': '当地安装'
  })
  t.notOk(JSON.stringify(text).includes('底价'))
})

t.test('a list finds technologies by stage and by way of cooperation', async (t) => {
  const record = await bench.publishCleared({ details: { ...fixture.draft.details, stage: 'lab-tested', cooperationModes: ['joint-lab'] } })
  const ids = async (query: string) =>
    (must(await bench.call({ actor: outside.anonymous, path: `?limit=200&${query}` }), 200)['data'] as { id: string }[]).map(
      (line) => line.id
    )
  t.same(await ids('stage=lab-tested'), [record.id])
  t.same(await ids('cooperationMode=joint-lab'), [record.id])
  t.same(await ids('stage=lab-tested&cooperationMode=supply'), [])
})
