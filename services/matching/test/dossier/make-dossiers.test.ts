import t from 'tap'
import { countingIds } from '@siku/testing'
import { sql } from 'drizzle-orm'
import { demand, indexAll, matcherActor, matchingDatabase, publish, technology } from '../support.ts'
import { oweAllDossiers } from '../../src/dossier/dossier-worker.ts'
import { dossierRows, dossierWorkers, institution, owedDossiers, result } from './support.ts'

const ids = countingIds(41)

t.test('a demand’s dossier is owed with its match, made, stored once, and made again when its shortlist changes', async (t) => {
  const place = await matchingDatabase(t)
  const { settle, worker } = dossierWorkers(place, place.worker())
  const [need, here, near, far, otherKind, helper, abroad] = [ids(), ids(), ids(), ids(), ids(), ids(), ids()]
  await settle([
    result(far, ['PE']),
    result(near, ['UG']),
    result(here, ['KE']),
    result(otherKind, ['KE'], { about: ['mobile-payment', 'credit-scoring'] }),
    institution(helper, ['KE', 'EG']),
    institution(abroad, ['PE'])
  ])
  t.same(await dossierRows(place), [], 'without a demand there is none')

  await publish(place.owner, [demand(need)])
  await indexAll(place.owner)
  await worker.drain()
  t.match(await owedDossiers(place), [{ library: 'cooperation-demand', recordId: need, cause: 'demand.matched' }])
  await settle()
  const [row] = await dossierRows(place)
  t.same(
    row?.precedents.map(({ id }) => id),
    [here, near, far],
    'the same country, then one of its region, then elsewhere; another kind of thing is none'
  )
  t.match(row?.precedents[0]?.reasons, { place: 'country', countries: ['KE'], solution: null })
  t.match(row?.precedents[1]?.reasons, { place: 'region', countries: ['UG'] })
  t.ok(row?.precedents[0]?.reasons.shared[0]?.demandSpans.length, 'with the places that say so')
  t.same(
    row?.institutions.map(({ id }) => id),
    [helper],
    'one that serves the country that asks'
  )
  t.match(row?.institutions[0]?.reasons, { services: ['market-entry', 'technology-transfer'], place: 'country' })

  const offer = ids()
  await publish(place.owner, [technology(offer)])
  await indexAll(place.owner)
  await worker.drain()
  t.match(await owedDossiers(place), [{ recordId: need, cause: 'shortlist.changed' }])
  await settle()
  const [withOffer] = await dossierRows(place)
  t.equal(withOffer?.precedents[0]?.reasons.solution?.technologyId, offer)
  for (const { scoreMillionths, reasons } of withOffer?.precedents ?? [])
    t.equal(reasons.needMillionths + reasons.solutionMillionths + reasons.placeMillionths, scoreMillionths, 'the parts sum to the score')

  place.clock.advance({ days: 1 })
  t.equal(await oweAllDossiers(place.db), 1)
  t.match(await owedDossiers(place), [{ recordId: need, cause: 'nightly' }])
  await settle()
  t.same(await dossierRows(place), [withOffer], 'what is the same is not written again')
})

t.test('a new institution reaches the demands it serves, and a withdrawn precedent leaves', async (t) => {
  const place = await matchingDatabase(t)
  const { settle, worker } = dossierWorkers(place, place.worker())
  const [kenya, peru, park, shown] = [ids(), ids(), ids(), ids()]
  await settle([
    demand(kenya),
    demand(peru, { country: 'PE', text: { country: 'PE', owner: { name: null, type: 'embassy', country: 'PE', district: null } } }),
    demand(park, { text: { seeks: 'park' } }),
    result(shown, ['KE'])
  ])
  const of = async (id: string) => (await dossierRows(place)).find(({ demandId }) => demandId === id)
  t.equal((await of(kenya))?.precedents[0]?.id, shown)

  const helper = ids()
  await publish(place.owner, [institution(helper, ['KE'], { text: { services: ['technology-transfer', 'landing-space'] } })])
  await indexAll(place.owner, { libraries: ['platform-institutions'] })
  const asking = await owedDossiers(place)
  t.match(
    asking,
    [{ library: 'platform-institutions', recordId: helper, cause: 'record.indexed' }],
    'asked for in the transaction that indexed it'
  )
  await settle()
  t.equal((await of(kenya))?.institutions[0]?.id, helper)
  t.equal((await of(park))?.institutions[0]?.id, helper, 'also a demand that no technology answers')
  t.same((await of(peru))?.institutions, [], 'which serves no other country')

  await settle([result(shown, ['KE'], { revision: 2, tombstone: true, state: 'withdrawn' })])
  t.same((await of(kenya))?.precedents, [])
  await settle([institution(helper, ['PE'], { version: 2, revision: 2 })])
  t.same([(await of(kenya))?.institutions.length, (await of(peru))?.institutions[0]?.id], [0, helper], 'a new version moves it')

  await settle([demand(kenya, { revision: 2, tombstone: true, state: 'withdrawn' })])
  t.equal(await of(kenya), undefined, 'a demand that is withdrawn has none')
  t.equal(await worker.drain(), 0)
})

t.test('dossiers hold six of each at most, in an order that does not depend on who came first', async (t) => {
  const place = await matchingDatabase(t)
  const { settle } = dossierWorkers(place, place.worker())
  const need = ids()
  const results = Array.from({ length: 9 }, () => ids())
  const institutions = Array.from({ length: 9 }, () => ids())
  await settle([...results.map((id) => result(id, ['KE'])), ...institutions.map((id) => institution(id, ['KE']))].toReversed())
  await settle([demand(need)])
  const [row] = await dossierRows(place)
  t.same(
    row?.precedents.map(({ id }) => id),
    results.slice(0, 6)
  )
  t.same(
    row?.institutions.map(({ id }) => id),
    institutions.slice(0, 6)
  )
})

t.test('a result that is not read with this thesaurus edition yet waits, and is parked by nobody', async (t) => {
  const place = await matchingDatabase(t)
  const { dossiers, settle } = dossierWorkers(place, place.worker())
  await publish(place.owner, [result(ids(), ['KE'])])
  await indexAll(place.owner, { libraries: ['project-results'] })
  await place.owner.withTx(matcherActor, (tx) => tx.execute(sql`update published.annotation set edition = 'older'`))
  t.equal(await dossiers.drain(), 1)
  t.equal((await owedDossiers(place)).length, 1, 'it stays owed')
  await place.owner.withTx(matcherActor, (tx) =>
    tx.execute(sql`update published.annotation set edition = ${dossiers.context.thesaurus.edition}`)
  )
  await place.owner.withTx(matcherActor, (tx) => tx.execute(sql`update work.item set next_attempt_at = now()`))
  await settle()
  t.same(await owedDossiers(place), [])
})
