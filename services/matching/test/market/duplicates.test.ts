import t from 'tap'
import { countingIds, testOrganisations } from '@siku/testing'
import type { DemandShortlist } from '../../src/review/schemas.ts'
import type { Duplicate } from '../../src/market/duplicate-schemas.ts'
import { matchingService } from '../review/service.ts'
import { demand, technology } from '../support.ts'

const ids = countingIds(6)
const about = ['brackish-desalination', 'reverse-osmosis', 'saline-groundwater', 'seawater-intrusion']
type Page = { data: Duplicate[]; next: string | null }

t.test('the same offer in two languages is found, and nothing else', async (t) => {
  const { a, b } = testOrganisations
  const [chinese, english] = [technology(ids(), { about }), technology(ids(), { about, language: 'en' })]
  const rival = technology(ids(), { about: ['desalination', 'pumping-energy-cost'], ownerKey: b.key })
  const need = demand(ids(), { about })
  const { call, settle } = await matchingService(t, [chinese, english, rival, need])

  const { body } = await call<Page>('GET', '/v1/duplicates?library=technology-reserve', { who: 'intake' })
  t.equal(body.data.length, 1)
  const [pair] = body.data
  t.same([pair?.a.id, pair?.b.id].toSorted(), [chinese.id, english.id].toSorted())
  t.same([pair?.a.language, pair?.b.language].toSorted(), ['en', 'zh'])
  t.match(pair, { state: 'open', sameOwner: true, library: 'technology-reserve', revision: 1 })
  t.equal(a.key, chinese.ownerKey)

  await t.test('of the two only the better stands in the demand’s shortlist, the other behind it with the reason', async (t) => {
    const lists = await call<{ data: DemandShortlist[] }>('GET', '/v1/matches/demands?lang=fr', { who: 'matchOfficer' })
    const lines = lists.body.data[0]?.shortlist ?? []
    const behind = lines.find(({ cap }) => cap !== null)
    t.match(behind?.cap, { kind: 'duplicate', sentence: /identique/ })
    t.ok([chinese.id, english.id].includes(behind?.technology.id ?? ''))
    t.equal(lines.filter(({ cap }) => cap === null).at(0)?.id, behind?.cap?.because)
  })

  await t.test('someone of another organisation, and the owner, may not read or decide', async (t) => {
    for (const who of ['memberOfA', 'memberOfB', 'anonymous'] as const) {
      t.ok((await call('GET', '/v1/duplicates', { who })).status >= 400)
      const headers = { 'if-match': '"r1"' }
      t.ok((await call('POST', `/v1/duplicates/${pair?.id ?? ''}/confirm`, { who, headers })).status >= 400)
    }
  })

  await t.test('dismissed, they join no cluster and both stand in the list', async (t) => {
    const url = `/v1/duplicates/${pair?.id ?? ''}/dismiss`
    t.equal((await call('POST', url, { who: 'reviewer' })).status, 428)
    t.equal((await call('POST', url, { who: 'reviewer', headers: { 'if-match': '"r9"' } })).status, 412)
    const done = await call<Duplicate>('POST', url, { who: 'reviewer', headers: { 'if-match': '"r1"' } })
    t.match(done, { status: 200, body: { state: 'dismissed', revision: 2 } })
    t.match(await call('POST', url, { who: 'reviewer', headers: { 'if-match': '"r2"' } }), {
      status: 409,
      body: { code: 'SIKU_MATCHING_DUPLICATE_DECIDED' }
    })
    const lists = await call<{ data: DemandShortlist[] }>('GET', '/v1/matches/demands', { who: 'matchOfficer' })
    t.ok(lists.body.data[0]?.shortlist.every(({ cap }) => cap === null))
  })

  await t.test('a third that comes is found, and goes from the list when it says something else', async (t) => {
    const third = technology(ids(), { about, ownerKey: b.key })
    await settle([third])
    t.equal((await call<Page>('GET', '/v1/duplicates', { who: 'intake' })).body.data.length, 2, 'with each of the two')
    await settle([{ ...technology(third.id, { about: ['drip-irrigation', 'soil-moisture-sensor'] }), version: 2, revision: 2 }])
    t.equal((await call<Page>('GET', '/v1/duplicates', { who: 'intake' })).body.data.length, 0)
  })
})
