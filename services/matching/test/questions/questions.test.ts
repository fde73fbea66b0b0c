import { countingIds, testOrganisations } from '@siku/testing'
import { sql } from 'drizzle-orm'
import t from 'tap'
import type { Question, Questions } from '../../src/questions/question-schemas.ts'
import type { Match, MatchSummary } from '../../src/review/schemas.ts'
import { matchingService } from '../review/service.ts'
import { demand, matcherActor, technology } from '../support.ts'

const ids = countingIds(11)
type Page<T> = { data: T[]; next: string | null }
const topics = (questions: readonly Question[]) => questions.map(({ to, about }) => `${to} ${about}`)
const criteria = [
  { kind: 'must' as const, text: 'At least 20 m3 a day', parameter: 'output', operator: 'gte' as const, value: 20, unit: 'm3/d' }
]
const need = (sketch = {}) => demand(ids(), { text: { trl: 7, criteria }, ...sketch })
/** An offer that says neither how far it is nor how much it gives, and that depends on the place. */
const offer = (sketch = {}) =>
  technology(ids(), {
    ownerKey: testOrganisations.a.key,
    ...sketch,
    text: {
      more: [{ field: '/details/localisation/limits', text: '进水温度 5 至 40 °C' }],
      targetCountries: ['KE'],
      cooperationModes: ['supply']
    }
  })

t.test('staff see the questions of a match to both sides, in their language and structured', async (t) => {
  const { call } = await matchingService(t, [need(), offer()])
  const [line] = (await call<Page<MatchSummary>>('GET', '/v1/matches', { who: 'matchOfficer' })).body.data
  const ask = (lang: string, headers = {}) =>
    call<Questions>('GET', `/v1/matches/${line?.id}/questions${lang}`, { who: 'matchOfficer', headers })
  const french = await ask('?lang=fr')
  t.equal(french.status, 200)
  t.same(topics(french.body.data), ['technology capacity', 'technology stage', 'demand conditions'])
  t.match(french.body, {
    evidenceOutdated: false,
    data: [
      {
        isMust: true,
        text: /^Capacité demandée : output ≥ 20 m³\/d\. Quelle capacité/,
        criterion: { side: 'demand', field: '/details/criteria/0/text', start: 0, end: 20, figure: { value: 20, unit: 'm3/d' } }
      },
      { text: /TRL ≥ 7/, criterion: null },
      { criterion: { side: 'technology', text: '进水温度 5 至 40 °C' } }
    ]
  })
  const chinese = await ask('', { 'accept-language': 'zh-CN,zh;q=0.9' })
  t.match(chinese.body.data[0]?.text, /需方提出的规模/)
  t.same(topics(chinese.body.data), topics(french.body.data))

  const match = await call<Match>('GET', `/v1/matches/${line?.id}?lang=fr`, { who: 'matchOfficer' })
  t.same(match.body.questions, french.body.data, 'the match itself carries them too')
  t.match(await ask('?lang=xx'), { status: 400, body: { errors: [{ pointer: '/query/lang' }] } })
})

t.test('an owner is asked for its own side only, and nobody else learns of them', async (t) => {
  const hidden = need({ visibility: 'staff' })
  const { call } = await matchingService(t, [need(), hidden, offer({ controlState: 'unassessed' })])
  const all = (await call<Page<MatchSummary>>('GET', '/v1/matches', { who: 'matchOfficer' })).body.data
  const secret = all.find((line) => line.demand.id === hidden.id)?.id
  const open = all.find((line) => line.demand.id !== hidden.id)?.id
  const mine = await call<Questions>('GET', `/v1/matches/${open}/questions?lang=zh`, { who: 'memberOfA' })
  t.equal(mine.status, 200)
  t.same(topics(mine.body.data), ['technology capacity', 'technology stage'])
  const read = await call<Match>('GET', `/v1/matches/${open}`, { who: 'memberOfA' })
  t.same(topics(read.body.questions), topics(mine.body.data))
  t.match(read.body, { flags: { uncleared: true }, unreviewed: true, priority: null })

  const absent = await call('GET', `/v1/matches/${ids()}/questions`, { who: 'memberOfA' })
  t.equal(absent.status, 404)
  for (const [who, id] of [
    ['memberOfA', secret],
    ['memberOfB', open],
    ['missionOfficer', open]
  ] as const) {
    const answer = await call('GET', `/v1/matches/${id}/questions`, { who })
    t.same({ ...answer.body, requestId: 0 }, { ...absent.body, requestId: 0 }, `${who} is told that there is no such match`)
  }
  t.match(await call('GET', `/v1/matches/${open}/questions`), { status: 401 })
  t.match(await call('GET', `/v1/matches/${open}/questions`, { who: 'operator' }), { status: 403 })
})

t.test('an answer in a new version takes the question away with the next run', async (t) => {
  const [asked, first] = [need(), offer()]
  const { call, settle, owner } = await matchingService(t, [asked, first])
  const [line] = (await call<Page<MatchSummary>>('GET', '/v1/matches', { who: 'matchOfficer' })).body.data
  const ask = async () => (await call<Questions>('GET', `/v1/matches/${line?.id}/questions`, { who: 'matchOfficer' })).body
  t.equal((await ask()).data.length, 3)
  const performance = [{ parameter: '产水量', value: 50, unit: 'm3/d' }]
  await settle([{ ...first, version: 2, revision: 2, text: { ...first.text, performance, trl: 8 } }])
  t.same(topics((await ask()).data), ['demand conditions'])

  await owner.withTx(matcherActor, (tx) => tx.execute(sql`update published.document set version = 9 where id = ${asked.id}::uuid`))
  t.match(await ask(), { evidenceOutdated: true })
})
