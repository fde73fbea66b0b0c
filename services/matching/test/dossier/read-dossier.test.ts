import t from 'tap'
import { languages } from '@siku/contracts'
import { countingIds, testActors } from '@siku/testing'
import { sql } from 'drizzle-orm'
import type { Dossier } from '../../src/dossier/dossier-schemas.ts'
import { demand, publish, technology } from '../support.ts'
import { matchingService } from '../review/service.ts'
import { dossierWorkers, institution, result } from './support.ts'

const ids = countingIds(43)
const secret = 'Zentrifuge'

/** A mission's demand with two technologies, four precedents and two institutions, of which some are not for everybody. */
async function example(t: Parameters<typeof matchingService>[0]) {
  const service = await matchingService(t)
  const { settle } = dossierWorkers(service, service.worker)
  const [need, offer, blocked, hidden, shown, helper] = [ids(), ids(), ids(), ids(), ids(), ids()]
  await settle([
    technology(offer, { text: { title: `反渗透 ${secret}` } }),
    technology(blocked, { controlState: 'unassessed' }),
    result(hidden, ['KE'], { visibility: 'staff', text: { title: '内部成果' } }),
    result(shown, ['UG']),
    institution(helper, ['KE'])
  ])
  await settle([demand(need)])
  return { ...service, settle, need, offer, blocked, hidden, shown, helper }
}

t.test('staff see the whole dossier, each text in its own words and glossed in theirs', async (t) => {
  const { call, need, offer, hidden, shown, helper } = await example(t)
  const { status, body } = await call<Dossier>('GET', `/v1/dossiers/${need}?lang=ru`, { who: 'matchOfficer' })
  t.equal(status, 200)
  t.match(body, { view: 'staff', language: 'ru', count: 1, stale: false })
  t.equal(body.shortlist.length, 2)
  const line = body.shortlist.find(({ technology }) => technology.id === offer)
  t.match(line, { unreviewed: true, uncleared: false, outdated: false, text: { language: 'zh' } })
  t.match(line?.explanation.reasons[0], /[а-я]/)
  t.same(
    line?.pairs.map(({ number }) => number),
    line?.pairs.map((_, index) => index + 1)
  )
  const [pair] = line?.pairs ?? []
  const cut = (text: Dossier['demand']['text'], place: { field: string; start: number; end: number } | undefined) =>
    [...(text.fields.find(({ field }) => field === place?.field)?.text ?? '')].slice(place?.start, place?.end).join('')
  t.match(cut(body.demand.text, pair?.demand[0]), /[a-z]/i, 'joins words of the demand')
  t.match(line && cut(line.text, pair?.technology[0]), /[\p{Script=Han}]/u, 'with words of the technology')
  const glosses = line?.text.fields.flatMap(({ gloss }) => gloss) ?? []
  t.ok(glosses.some(({ conceptId, label }) => conceptId === 'reverse-osmosis' && /осмос/i.test(label)))
  t.same(
    body.precedents.map(({ record, place }) => [record.id, place]),
    [
      [hidden, 'country'],
      [shown, 'region']
    ]
  )
  t.match(body.precedents[0], { reason: /Кени/, scoreMillionths: Number, solution: String })
  t.match(body.institutions, [{ record: { id: helper }, services: ['market-entry', 'technology-transfer'] }])
  t.match(
    (await call<Dossier>('GET', `/v1/dossiers/${need}`, { who: 'auditor', headers: { 'accept-language': 'zh-CN' } })).body.language,
    'zh'
  )

  for (const language of languages) {
    const answer = await call<Dossier>('GET', `/v1/dossiers/${need}?lang=${language}`, { who: 'reviewer' })
    t.equal(answer.status, 200)
    t.equal(
      answer.body.demand.text.fields.every(({ gloss }) => gloss.length === 0),
      language === 'en',
      'no gloss over one’s own language'
    )
  }
})

t.test('the side that asks learns how many technologies fit, never which, and sees only the precedents it may', async (t) => {
  const { call, need, offer, blocked, hidden, shown, helper } = await example(t)
  const { status, body } = await call<Dossier>('GET', `/v1/dossiers/${need}?lang=en`, { who: 'missionOfficer' })
  t.equal(status, 200)
  t.match(body, { view: 'asker', count: 1, shortlist: [] })
  t.same(
    body.precedents.map(({ record }) => record.id),
    [shown]
  )
  t.match(body.precedents[0], { solution: null, scoreMillionths: null })
  t.equal(body.institutions[0]?.record.id, helper)
  const said = JSON.stringify(body)
  for (const kept of [offer, blocked, hidden, secret, '内部成果']) t.notOk(said.includes(kept), `${kept} stays here`)
})

t.test('to everybody else a dossier is like one that does not exist', async (t) => {
  const { call, need, offer, db } = await example(t)
  const absent = await call('GET', `/v1/dossiers/${ids()}`, { who: 'memberOfB' })
  for (const who of ['memberOfA', 'memberOfB', 'adminOfA'] as const) {
    const answer = await call('GET', `/v1/dossiers/${need}`, { who })
    t.equal(answer.status, 404, `someone of another organisation may not: ${who}`)
    t.same({ ...answer.body, instance: '', requestId: '' }, { ...absent.body, instance: '', requestId: '' })
  }
  t.equal((await call('GET', `/v1/dossiers/${need}`)).status, 401, 'a visitor')
  t.equal((await call('GET', `/v1/dossiers/${need}`, { who: 'operator' })).status, 403)
  t.equal((await call('GET', `/v1/dossiers/${offer}`, { who: 'matchOfficer' })).status, 404, 'a technology has none')
  t.equal((await call('GET', '/v1/dossiers/nonsense', { who: 'matchOfficer' })).status, 400)
  t.equal((await call('GET', `/v1/dossiers/${need}?lang=de`, { who: 'matchOfficer' })).status, 400)

  const rowsFor = (actor: (typeof testActors)[keyof typeof testActors]) =>
    db.withRead(actor, async (tx) => [...(await tx.execute(sql`select 1 from matching.dossier`))].length)
  t.equal(await rowsFor(testActors.memberOfB), 0, 'and the database says so too')
  t.equal(await rowsFor(testActors.missionOfficer), 1)
  const changed = await db.withTx(testActors.missionOfficer, (tx) =>
    tx.execute(sql`update matching.dossier set precedents = '[]' returning 1`)
  )
  t.equal(changed.length, 0, 'whoever asks may read it and not write it')
})

t.test('what a record no longer shows leaves the dossier at once, and what has changed is called stale', async (t) => {
  const { call, need, hidden, helper, owner, offer, settle } = await example(t)
  const read = async (who: 'matchOfficer' | 'missionOfficer' = 'matchOfficer') =>
    (await call<Dossier>('GET', `/v1/dossiers/${need}?lang=en`, { who })).body
  await publish(owner, [institution(helper, ['KE'], { revision: 2, visibility: 'staff' })])
  t.same((await read('missionOfficer')).institutions, [], 'before any work is done')
  await publish(owner, [
    result(hidden, ['KE'], { revision: 2, tombstone: true, state: 'withdrawn' }),
    technology(offer, { revision: 2, tombstone: true, state: 'paused' })
  ])
  const left = await read()
  t.equal(left.precedents.length, 1)
  t.notOk(left.shortlist.some(({ technology: { id } }) => id === offer))

  await publish(owner, [demand(need, { version: 2, revision: 2 })])
  const changed = await read()
  t.match(changed, { stale: true })
  t.ok(
    changed.shortlist.every(({ outdated, pairs }) => outdated && pairs.every((pair) => pair.demand.length === 0)),
    'no place is marked in a text that it was not found in'
  )
  await settle()
  t.match(await read(), { stale: false, demand: { record: { version: 2 } } })
})
