import t from 'tap'
import library from '../src/library.ts'
import { libraryConformance, outside, person, ruleTable } from '@siku/library-kit/testing'
import { fixture } from './fixture.ts'

const bench = await libraryConformance(t, library, fixture)
const day = (after: number) => new Date(bench.clock.now().getTime() + (8 * 3_600_000 + after * 86_400_000)).toISOString().slice(0, 10)
const criterion = (over: object) => ({
  criteria: [
    { kind: 'must', text: 'x' },
    { kind: 'must', text: 'débit', ...over }
  ]
})
const money = (amountMinor: number, currency = 'XOF') => ({ amountMinor, currency })

t.test('what a demand must say', (t) =>
  ruleTable(t, bench, [
    { says: 'answers wanted by today', details: { timeline: { responseDeadline: day(0) } } },
    {
      says: 'answers wanted by yesterday',
      details: { timeline: { responseDeadline: day(-1) } },
      pointer: '/details/timeline/responseDeadline',
      detail: /has passed/
    },
    { says: 'a call that closed yesterday', details: { timeline: { callDeadline: day(-1) } }, pointer: '/details/timeline/callDeadline' },
    { says: 'answers wanted on the day the call closes', details: { timeline: { responseDeadline: day(5), callDeadline: day(5) } } },
    {
      says: 'answers wanted after the call closes',
      details: { timeline: { responseDeadline: day(6), callDeadline: day(5) } },
      pointer: '/details/timeline/responseDeadline',
      detail: /after the call closes/
    },
    {
      says: 'a day that does not exist',
      details: { timeline: { neededBy: '2027-02-30' } },
      pointer: '/details/timeline/neededBy',
      status: 400
    },
    { says: 'a need in words alone', details: criterion({}) },
    { says: 'a measured need', details: criterion({ parameter: 'débit', operator: 'lte', value: 0, unit: 'm3/d' }) },
    {
      says: 'an operator without a value',
      details: criterion({ parameter: 'débit', operator: 'gte' }),
      pointer: '/details/criteria/1/value'
    },
    { says: 'a unit without a value', details: criterion({ unit: 'kW' }), pointer: '/details/criteria/1/value' },
    { says: 'a value of nothing', details: criterion({ operator: 'gte', value: 3 }), pointer: '/details/criteria/1/parameter' },
    { says: 'a value between two', details: criterion({ parameter: 'débit', operator: 'between', value: 3, valueMax: 4 }) },
    {
      says: 'between one value',
      details: criterion({ parameter: 'débit', operator: 'between', value: 3 }),
      pointer: '/details/criteria/1/valueMax'
    },
    {
      says: 'between a larger and a smaller',
      details: criterion({ parameter: 'débit', operator: 'between', value: 3, valueMax: 2 }),
      pointer: '/details/criteria/1/valueMax'
    },
    {
      says: 'an upper end without `between`',
      details: criterion({ parameter: 'débit', operator: 'gte', value: 3, valueMax: 4 }),
      pointer: '/details/criteria/1/valueMax'
    },
    {
      says: 'an unknown operator',
      details: criterion({ parameter: 'débit', operator: '>', value: 3 }),
      pointer: '/details/criteria/1/operator',
      status: 400
    },
    { says: 'a budget', details: { budget: { min: money(1), max: money(2), currency: 'XOF' } } },
    { says: 'a budget of one amount', details: { budget: { max: money(2), currency: 'XOF' } } },
    {
      says: 'a budget whose most is less than its least',
      details: { budget: { min: money(2), max: money(1), currency: 'XOF' } },
      pointer: '/details/budget/max'
    },
    {
      says: 'a budget in two currencies',
      details: { budget: { min: money(1), max: money(2, 'EUR'), currency: 'XOF' } },
      pointer: '/details/budget/currency',
      detail: /EUR/
    },
    { says: 'an address that is none', details: { programme: { callUrl: 'call' } }, pointer: '/details/programme/callUrl', status: 400 },
    { says: 'a park, which routes elsewhere', details: { seeks: 'park' } },
    { says: 'something unknown', details: { seeks: 'money' }, pointer: '/details/seeks', status: 400 }
  ])
)

t.test('a demand is confirmed every ninety days: then it closes, at 120 days it is paused, and it may be confirmed without end', (t) => {
  t.same(library.validity, {
    ageing: [
      { afterDays: 90, does: 'close' },
      { afterDays: 120, does: 'pause' }
    ],
    renewalsMax: null,
    renewableDaysBefore: null
  })
  t.end()
})

t.test('a mission posts what its country needs, and Beijing may ask too; neither is under export control', async (t) => {
  const mission = person({ name: 'Ambassade du Sénégal', country: 'SN', roles: ['mission-officer'] })
  for (const [actor, over] of [
    [mission, {}],
    [bench.author, { country: 'CN', targetCountries: ['SN'], recordType: 'RDR' }]
  ] as const) {
    const record = await bench.publish(over, actor)
    t.match(record, { controlState: 'not-applicable', state: 'published' })
    t.equal((await bench.call({ actor: outside.anonymous, path: `/${record.id}` })).status, 200)
  }
  const editor = person({ roles: ['institution-editor'] })
  t.equal(
    (await bench.call({ actor: editor, method: 'POST', body: bench.draft() })).status,
    403,
    'a platform institution does not post demands'
  )
})

t.test('what index and matcher meet: criteria, what is sought, the earlier of its days, and who uses it only in kind', async (t) => {
  const details = {
    ...fixture.confidential?.details,
    specification: '≤ 2 kWh/m3',
    localStandards: ['NS 05-061'],
    trlMin: 7,
    timeline: { callDeadline: day(30) },
    partner: { types: ['sme-11-49'] }
  }
  const record = await bench.publish({ details })
  const text = await bench.publicText(record)
  t.match(text, {
    seeks: 'technology',
    deadline: day(30),
    trl: 7,
    standards: ['NS 05-061'],
    partnerTypes: ['sme-11-49'],
    cooperationModes: ['supply', 'training'],
    stage: null,
    criteria: [{ kind: 'must', parameter: 'débit', operator: 'gte', value: 50, unit: 'm3/d' }]
  })
  const fields = text.more.map((line) => line.field)
  for (const field of ['/details/problem', '/details/specification', '/details/criteria/0/text']) t.ok(fields.includes(field), field)
  t.notOk(JSON.stringify(text).includes('CANARY-7f3a'))
})
