import { readFileSync, readdirSync } from 'node:fs'
import { countingIds, testOrganisations } from '@siku/testing'
import { sql } from 'drizzle-orm'
import t, { type Test } from 'tap'
import { readPriorities } from '../../src/review/read-priorities.ts'
import type { Priorities } from '../../src/review/priorities-schema.ts'
import type { DemandShortlist, MatchSummary } from '../../src/review/schemas.ts'
import { demand, matcherActor, technology } from '../support.ts'
import { matchingService } from './service.ts'

const ids = countingIds(13)
type Page<T> = { data: T[]; next: string | null }
const beijing = readPriorities('infra/profiles/beijing/priorities.json') as Priorities
const upsideDown: Priorities = {
  ...beijing,
  principles: beijing.principles.map((principle) => ({ ...principle, weight: 50 - principle.weight }))
}

/** Demands of five countries; those that fit worse are what the plan puts first. */
function market() {
  const weaker = ['desalination', 'reverse-osmosis', 'pumping-energy-cost']
  const needs = {
    emiratesFinance: demand(ids(), { country: 'AE', about: weaker, text: { sectors: ['fintech'] } }),
    uzbekHealth: demand(ids(), { country: 'UZ', about: weaker, text: { sectors: ['biotech'] } }),
    uzbek: demand(ids(), { country: 'UZ', about: weaker }),
    kenya: demand(ids(), { country: 'KE' }),
    germanClimate: demand(ids(), {
      country: 'DE',
      text: { classification: [{ scheme: 'sdg', edition: '2015', code: '13' }] }
    }),
    german: demand(ids(), { country: 'DE' }),
    chinese: demand(ids(), { country: 'CN' })
  }
  const offers = Array.from({ length: 3 }, () => technology(ids(), { ownerKey: testOrganisations.b.key }))
  return { needs, documents: [...Object.values(needs), ...offers] }
}

const open = async (t: Test, priorities?: Priorities) => {
  const { needs, documents } = market()
  const service = await matchingService(t, documents, priorities ? { priorities } : {})
  return { ...service, needs, nameOf: (id: string) => Object.entries(needs).find(([, need]) => need.id === id)?.[0] ?? id }
}

t.test('the queue stands by what the plan puts first, then by strength, and says why', async (t) => {
  const { call, nameOf } = await open(t, beijing)
  const { status, body } = await call<Page<DemandShortlist>>('GET', '/v1/matches/demands?sort=priority&lang=zh', { who: 'matchOfficer' })
  t.equal(status, 200)
  const lines = body.data.map((line) => [nameOf(line.demand.id), line.priority?.points])
  t.same(lines, [
    ['emiratesFinance', 100],
    ['uzbekHealth', 90],
    ['germanClimate', 60],
    ['uzbek', 40],
    ['kenya', 20],
    ['german', 10],
    ['chinese', 0]
  ])
  t.match(body.data[0]?.priority?.reasons, [
    { code: 'middle-east.technology-finance', points: 70, text: '科技金融', quote: /阿联酋/ },
    { code: 'consolidate-eurasia', points: 30, text: '巩固欧亚', quote: '巩固欧亚' }
  ])
  t.same(body.data.at(-1)?.priority, { points: 0, reasons: [] }, 'a demand from Beijing is nobody’s neighbour')
  const english = await call<Page<MatchSummary>>('GET', '/v1/matches?sort=priority&lang=en&limit=1', { who: 'auditor' })
  t.match(english.body.data[0]?.priority, { points: 100, reasons: [{ text: 'Technology finance' }, { text: 'Consolidate Eurasia' }] })
})

t.test('pages by priority show every line once, in order, whatever is equal', async (t) => {
  const { call, needs } = await open(t, beijing)
  const count = Object.keys(needs).length
  for (const [path, wanted] of [
    ['/v1/matches', 3 * count],
    ['/v1/matches/demands', count]
  ] as const) {
    for (const limit of [1, 2, 4]) {
      const keys: [number, number][] = []
      const seen = new Set<string>()
      let cursor = ''
      do {
        const { status, body } = await call<Page<MatchSummary & DemandShortlist>>('GET', `${path}?sort=priority&limit=${limit}${cursor}`, {
          who: 'matchOfficer'
        })
        t.equal(status, 200)
        for (const line of body.data) {
          seen.add(line.id ?? line.demand.id)
          keys.push([
            line.priority?.points ?? -1,
            line.scoreMillionths ?? Math.max(...line.shortlist.map((one) => one.scoreMillionths ?? 0))
          ])
        }
        cursor = body.next === null ? '' : `&cursor=${body.next}`
      } while (cursor !== '')
      t.equal(seen.size, wanted, `${path} by ${limit}`)
      t.equal(keys.length, wanted, 'none twice')
      t.same(
        keys,
        keys.toSorted(([a, b], [c, d]) => c - a || d - b),
        'points, then strength'
      )
    }
  }
  const { body } = await call<Page<MatchSummary>>('GET', '/v1/matches?sort=priority&limit=1', { who: 'matchOfficer' })
  const goOn = (sort: string) => call('GET', `/v1/matches?sort=${sort}&limit=1&cursor=${body.next}`, { who: 'matchOfficer' })
  t.match(await goOn('strength'), { status: 400, body: { code: 'SIKU_MATCHING_CURSOR_UNKNOWN' } })
  t.match(await goOn('priority'), { status: 200 })
})

t.test('scores, ranks and the stored set are the same with priorities, without them and upside down', async (t) => {
  const { call, serve, owner, worker } = await open(t, beijing)
  const stored = () =>
    owner.withRead(matcherActor, async (tx) => [
      ...(await tx.execute(
        sql`select id, score_millionths, band, features, content_hash, state, revision, updated_at from matching.match order by id`
      )),
      ...(await tx.execute(sql`select record_id, items from matching.list_run order by record_id, at, id`))
    ])
  const before = await stored()
  t.ok(before.length > 20)
  const ranks = async (who: typeof call, query: string) =>
    (await who<Page<DemandShortlist>>('GET', `/v1/matches/demands?${query}`, { who: 'matchOfficer' })).body.data
  const byStrength = await ranks(call, 'sort=strength')
  const byPriority = await ranks(call, 'sort=priority')
  const lists = (page: readonly DemandShortlist[]) =>
    Object.fromEntries(page.map(({ demand: { id }, shortlist }) => [id, shortlist.map((line) => [line.id, line.scoreMillionths])]))
  t.same(lists(byPriority), lists(byStrength), 'the lists of the demands are the same')
  t.not(byPriority[0]?.demand.id, byStrength[0]?.demand.id, 'while the queue is not')
  t.ok(byStrength.every(({ priority }) => priority === null))
  while ((await worker.drain()) > 0);
  t.same(await stored(), before, 'nothing was written')

  const turned = await serve({ priorities: upsideDown })
  const plain = await serve()
  t.same(lists(await ranks(turned.call, 'sort=priority')), lists(byStrength))
  t.same(await ranks(plain.call, 'sort=strength'), byStrength)
  t.same(await ranks(turned.call, 'sort=strength'), byStrength)
  const first = await call<Page<MatchSummary>>('GET', '/v1/matches?sort=priority&limit=1', { who: 'matchOfficer' })
  t.match(
    await turned.call('GET', `/v1/matches?sort=priority&limit=1&cursor=${first.body.next}`, { who: 'matchOfficer' }),
    { status: 400, body: { code: 'SIKU_MATCHING_CURSOR_UNKNOWN' } },
    'a page of one set of priorities does not go on under another'
  )
  t.same(await stored(), before)
})

t.test('owners and an installation without priorities get the order by strength', async (t) => {
  const plain = await open(t)
  const page = await plain.call<Page<MatchSummary>>('GET', '/v1/matches?sort=priority', { who: 'matchOfficer' })
  const strong = await plain.call<Page<MatchSummary>>('GET', '/v1/matches', { who: 'matchOfficer' })
  t.same(page.body.data, strong.body.data)
  const { call } = await open(t, beijing)
  const mine = await call<Page<MatchSummary>>('GET', '/v1/matches?sort=priority', { who: 'memberOfB' })
  t.equal(mine.status, 200)
  t.ok(mine.body.data.length > 0 && mine.body.data.every(({ priority }) => priority === null))
})

t.test('nothing that scores or stores knows of priorities', async (t) => {
  const source = new URL('../../src/', import.meta.url)
  for (const folder of ['match', 'market', 'embedding', 'learning', 'runs', 'dossier'])
    for (const file of readdirSync(new URL(`${folder}/`, source), { recursive: true }) as string[])
      if (file.endsWith('.ts')) t.notMatch(readFileSync(new URL(`${folder}/${file}`, source), 'utf8'), /priorit/i, `${folder}/${file}`)
})

t.test('a file of priorities that does not fit stops the start and says where', async (t) => {
  t.equal(readPriorities('none'), undefined)
  t.equal(readPriorities(undefined), undefined)
  t.throws(() => readPriorities('nowhere.json'), { code: 'SIKU_MATCHING_PRIORITIES_INVALID', message: /ENOENT/ })
  const folder = t.testdir({ 'p.json': JSON.stringify({ ...beijing, principles: [{ ...beijing.principles[0], weight: 'much' }] }) })
  t.throws(() => readPriorities(`${folder}/p.json`), { message: /principles\/0\/weight/ })
})
