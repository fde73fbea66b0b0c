import t from 'tap'
import { countingIds, testActors, testOrganisations } from '@siku/testing'
import { sql } from 'drizzle-orm'
import type { DemandShortlist, Match, MatchSummary } from '../../src/review/schemas.ts'
import { demand, matcherActor, technology } from '../support.ts'
import { matchingService } from './service.ts'

const ids = countingIds(3)
type Page<T> = { data: T[]; next: string | null }

t.test('staff page through proposals by strength and by age, and filter them', async (t) => {
  const needs = [
    demand(ids(), { text: { sectors: ['water-environment'] } }),
    demand(ids(), { about: ['desalination', 'reverse-osmosis'], country: 'UZ' }),
    demand(ids())
  ]
  const offers = [
    technology(ids()),
    technology(ids(), { about: ['reverse-osmosis', 'desalination'] }),
    technology(ids(), { controlState: 'unassessed' })
  ]
  const { call, clock, settle } = await matchingService(t, [...needs, ...offers])
  const list = (query: string) => call<Page<MatchSummary>>('GET', `/v1/matches${query}`, { who: 'matchOfficer' })

  const all = await list('')
  t.equal(all.status, 200)
  t.equal(all.body.data.length, 9)
  const scores = all.body.data.map((match) => match.scoreMillionths ?? 0)
  t.same(
    scores,
    scores.toSorted((a, b) => b - a),
    'strongest first'
  )

  for (const sort of ['strength', 'age']) {
    const seen: string[] = []
    let cursor = ''
    for (let page = 0; page < 9; page++) {
      const { body } = await list(`?limit=2&sort=${sort}${cursor}`)
      seen.push(...body.data.map(({ id }) => id))
      if (body.next === null) break
      cursor = `&cursor=${body.next}`
    }
    t.equal(new Set(seen).size, 9, `every match once, by ${sort}`)
    t.equal(seen.length, 9)
  }
  const first = await list('?limit=2')
  t.match(await list(`?limit=2&sort=age&cursor=${first.body.next}`), { status: 400, body: { code: 'SIKU_MATCHING_CURSOR_UNKNOWN' } })
  t.match(await list('?cursor=nonsense'), { status: 400 })

  const lengthOf = async (query: string) => (await list(query)).body.data.length
  t.equal(await lengthOf(`?demand=${needs[0]?.id}`), 3)
  t.equal(await lengthOf(`?technology=${offers[0]?.id}`), 3)
  t.equal(await lengthOf('?country=UZ'), 3)
  t.equal(await lengthOf('?sector=water-environment'), 3)
  t.equal(await lengthOf('?flagged=uncleared'), 3)
  t.equal(await lengthOf('?flagged=any&country=UZ'), 1)
  t.equal(await lengthOf('?state=approved'), 0)
  t.equal(await lengthOf('?minAgeDays=3'), 0)
  clock.advance({ days: 4 })
  t.equal(await lengthOf('?minAgeDays=3'), 9)
  await settle([demand(ids())])
  t.equal(await lengthOf('?minAgeDays=3'), 9, 'what came later is younger')
  t.match((await list('?sort=age&limit=1')).body.data[0], { ageDays: 4 })
  t.match(await list('?band=huge'), { status: 400, body: { errors: [{ pointer: '/query/band' }] } })
  t.match(await list('?colour=red'), { status: 400 })
})

t.test('the queue shows each demand with its shortlist', async (t) => {
  const strong = demand(ids())
  const weak = demand(ids(), { about: ['desalination', 'pumping-energy-cost'] })
  const offers = Array.from({ length: 7 }, () => technology(ids()))
  const { call } = await matchingService(t, [strong, weak, ...offers])
  const { status, body } = await call<Page<DemandShortlist>>('GET', '/v1/matches/demands?lang=zh', { who: 'reviewer' })
  t.equal(status, 200)
  t.equal(body.data[0]?.demand.id, strong.id, 'the demand with the strongest match first')
  t.match(body.data[0], { count: 7, shortlist: { length: 5 } })
  const first = await call<Page<DemandShortlist>>('GET', '/v1/matches/demands?limit=1&sort=age', { who: 'reviewer' })
  t.equal(first.body.data.length, 1)
  if (body.data.length > 1) {
    const second = await call<Page<DemandShortlist>>('GET', `/v1/matches/demands?limit=1&sort=age&cursor=${first.body.next}`, {
      who: 'reviewer'
    })
    t.not(second.body.data[0]?.demand.id, first.body.data[0]?.demand.id)
    t.equal(second.body.next, null)
  }
})

t.test('a match explains itself in the reader’s language, with evidence from both texts', async (t) => {
  const offer = technology(ids(), {
    text: { keywords: ['反渗透'], translations: [{ language: 'fr', title: 'Dessalement', summary: '…', status: 'reviewed' }] }
  })
  const { call, owner } = await matchingService(t, [demand(ids()), offer])
  const {
    body: {
      data: [line]
    }
  } = await call<Page<MatchSummary>>('GET', '/v1/matches', { who: 'matchOfficer' })
  const read = (lang: string, headers = {}) => call<Match>('GET', `/v1/matches/${line?.id}${lang}`, { who: 'matchOfficer', headers })

  const french = await read('?lang=fr')
  t.match(french, { status: 200, headers: { etag: `"r${line?.revision}"` } })
  t.match(french.body, { explanation: { language: 'fr' }, evidenceOutdated: false, technology: { translatedTitle: 'Dessalement' } })
  t.ok(french.body.explanation.reasons.length > 0)
  const arabic = await read('', { 'accept-language': 'xx, ar;q=0.9, en;q=0.3' })
  t.match(arabic.body, { explanation: { language: 'ar' }, technology: { translatedTitle: null } })
  t.not(arabic.body.explanation.reasons[0], french.body.explanation.reasons[0])
  t.equal(
    french.body.contributions?.reduce((sum, one) => sum + one.contributionMillionths, 0),
    french.body.logOddsMillionths
  )

  const [evidence] = french.body.evidence
  for (const snippet of evidence?.demand ?? []) t.ok(/[a-z]/i.test(snippet.text), `the demand's own words: ${snippet.text}`)
  for (const snippet of evidence?.technology ?? [])
    t.ok(/\p{Script=Han}/u.test(snippet.text), `the technology's own words: ${snippet.text}`)
  t.ok(evidence?.demand.length && evidence.technology.length)

  await owner.withTx(matcherActor, (tx) =>
    tx.execute(sql`update matching.match set explanation = jsonb_set(explanation, '{pairs,0,demandConcept}', '"gone-concept"')`)
  )
  t.match(
    await read('?lang=en'),
    { status: 200, body: { evidence: [{ demandConcept: { id: 'gone-concept', label: 'gone-concept' } }] } },
    'a concept that is gone keeps its evidence'
  )
  await owner.withTx(matcherActor, (tx) => tx.execute(sql`update published.document set version = 9 where id = ${offer.id}::uuid`))
  t.match(await read(''), { status: 200, body: { evidenceOutdated: true } })
})

t.test('the owner of a technology sees what it meets: unreviewed, in words, and only demands it may read', async (t) => {
  const { a, b, mission } = testOrganisations
  const [open, hidden] = [demand(ids()), demand(ids(), { visibility: 'staff' })]
  const offer = technology(ids(), { ownerKey: a.key, controlState: 'unassessed' })
  const { call, db } = await matchingService(t, [open, hidden, offer, technology(ids(), { ownerKey: b.key })])
  const mine = await call<Page<MatchSummary>>('GET', '/v1/matches', { who: 'memberOfA' })
  t.match(mine, {
    status: 200,
    body: { data: [{ view: 'owner', unreviewed: true, state: null, scoreMillionths: null, takenBy: null, flags: { uncleared: true } }] }
  })
  t.same(
    mine.body.data.map(({ demand: { id } }) => id),
    [open.id],
    'the demand for staff only is not among them'
  )
  const id = mine.body.data[0]?.id ?? ''

  const read = await call<Match>('GET', `/v1/matches/${id}`, { who: 'adminOfA' })
  t.match(read, { status: 200, body: { view: 'owner', contributions: null, logOddsMillionths: null, decision: null, previous: null } })
  t.notMatch(JSON.stringify([read.body.explanation, read.body.evidence.map(({ share }) => share)]), /0[.,]\d/, 'no decimals')
  const queue = await call<Page<DemandShortlist>>('GET', '/v1/matches/demands', { who: 'memberOfA' })
  t.match(queue.body.data, [{ count: 1 }])

  await db.withTx(matcherActor, (tx) =>
    tx.execute(sql`update matching.match set state = 'deferred', deferred_until = '2027-09-01' where id = ${id}::uuid`)
  )
  t.match(
    (await call<Page<MatchSummary>>('GET', '/v1/matches?state=proposed', { who: 'memberOfA' })).body.data,
    [{ id, unreviewed: true }],
    'whether staff put it off is not told'
  )
  await db.withTx(matcherActor, (tx) =>
    tx.execute(sql`update matching.match set state = 'rejected', deferred_until = null, decline_code = 'budget' where id = ${id}::uuid`)
  )
  t.match(await call('GET', `/v1/matches/${id}`, { who: 'memberOfA' }), { status: 404 }, 'nor that they rejected it')

  const foreign = await call<Page<MatchSummary>>('GET', '/v1/matches', { who: 'memberOfB' })
  t.ok(foreign.body.data.every(({ technology: { id: technologyId } }) => technologyId !== offer.id))
  const absent = await call('GET', `/v1/matches/${ids()}`, { who: 'memberOfB' })
  const notYours = await call('GET', `/v1/matches/${id}`, { who: 'memberOfB' })
  t.same({ ...notYours.body, requestId: 0 }, { ...absent.body, requestId: 0 }, 'foreign and absent are the same answer')
  t.equal(absent.status, 404)

  t.match(
    await call('GET', '/v1/matches', { who: 'missionOfficer' }),
    { status: 200, body: { data: [] } },
    'a mission sees those of what it offers itself'
  )
  t.match(await call('GET', `/v1/matches/${id}`, { who: 'missionOfficer' }), { status: 404 })
  t.match(await call('GET', '/v1/matches'), { status: 401 })
  t.match(await call('GET', '/v1/matches', { who: { ...testActors.memberOfA, scopes: ['technology-reserve:read'], kind: 'key' } }), {
    status: 403
  })
  t.equal(mission.key, open.ownerKey)
})

t.test('the demand side learns how many, and never of an uncleared one', async (t) => {
  const need = demand(ids())
  const { call } = await matchingService(t, [need, technology(ids()), technology(ids()), technology(ids(), { controlState: 'unassessed' })])
  t.match(await call('GET', `/v1/matches/count?demand=${need.id}`, { who: 'missionOfficer' }), {
    status: 200,
    body: { demand: need.id, count: 2 }
  })
  t.match(await call('GET', `/v1/matches/count?demand=${need.id}`, { who: 'memberOfA' }), { status: 404 })
  t.match(await call('GET', `/v1/matches/count?demand=${ids()}`, { who: 'missionOfficer' }), { status: 404 })
  t.match(await call('GET', '/v1/matches/count?demand=x', { who: 'missionOfficer' }), {
    status: 400,
    body: { errors: [{ pointer: '/query/demand' }] }
  })
})

t.test('the database itself hides matches from everyone who has no part in them', async (t) => {
  const { db } = await matchingService(t, [
    demand(ids()),
    demand(ids(), { visibility: 'staff' }),
    technology(ids(), { ownerKey: testOrganisations.a.key })
  ])
  const count = (actor: (typeof testActors)[keyof typeof testActors], table = 'match') =>
    db.withRead(actor, async (tx) => (await tx.execute(sql`select 1 from matching.${sql.identifier(table)}`)).length)
  t.equal(await count(testActors.matchOfficer), 2)
  t.equal(await count(testActors.auditor), 2)
  t.equal(await count(testActors.memberOfA), 1)
  for (const actor of [testActors.anonymous, testActors.memberOfB, testActors.missionOfficer, testActors.operator])
    t.equal(await count(actor), 0, actor.id)
  t.equal(await count(testActors.memberOfA, 'list_run'), 0)
  for (const actor of [testActors.memberOfA, testActors.auditor, testActors.missionOfficer]) {
    const changed = await db.withTx(
      actor,
      async (tx) => (await tx.execute(sql`update matching.match set state = 'approved' returning 1`)).length
    )
    t.equal(changed, 0, `${actor.roles} change nothing`)
  }
  await t.rejects(db.withTx(testActors.commissionAdmin, (tx) => tx.execute(sql`insert into matching.match select * from matching.match`)))
})
