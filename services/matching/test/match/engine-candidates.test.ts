import type { DocumentToWrite } from '@siku/db'
import { createMeilisearchIndex, SearchUnavailableError, type IntentStore, type SearchIndex } from '@siku/search'
import { publishedDocuments } from '@siku/service-kit'
import { countingIds, createMeilisearchDouble } from '@siku/testing'
import { sql } from 'drizzle-orm'
import t, { type Test } from 'tap'
import { createEngineCandidates } from '../../src/match/engine-candidates.ts'
import { createMatchWorker } from '../../src/match/match-worker.ts'
import {
  demand,
  indexAll,
  log,
  matcherActor,
  matchingDatabase,
  matchRows,
  publish,
  storedAndExpected,
  technology,
  thesaurus,
  weights,
  type Place
} from '../support.ts'

const noIntents: IntentStore = { intend: async () => {}, recordTask: async () => {}, settle: async () => {}, openIntents: async () => [] }
const { MEILI_URL: realUrl, MEILI_KEY: realKey } = process.env
let installations = 0

type Server = { url: string; key?: string | undefined }

function openIndex(t: Pick<Test, 'teardown'>, { url, key }: Server): SearchIndex {
  installations += 1
  const prefix = `match-${process.pid}-${installations}`
  const index = createMeilisearchIndex({
    url,
    ...(key === undefined ? {} : { key }),
    prefix,
    intents: noIntents,
    newId: countingIds(installations),
    log: { warn: () => {} },
    follow: { pollFirstMs: 2 }
  })
  t.teardown(() => index.clear())
  return index
}

async function openPlace(t: Pick<Test, 'teardown'>, server: Server) {
  const place = await matchingDatabase(t)
  const index = openIndex(t, server)
  const worker = createMatchWorker({ ...place, now: place.clock.now, thesaurus, weights, log, index })
  return { ...place, index, worker }
}

/** What an index worker does: annotate, tell the index, and only then owe the match. */
async function tell(index: SearchIndex, place: Pick<Place, 'owner'>): Promise<void> {
  while ((await indexAll(place.owner)) > 0);
  for (const library of ['technology-reserve', 'cooperation-demand'] as const) {
    for await (const document of publishedDocuments({ db: place.owner, library, edition: thesaurus.edition })) await index.put([document])
  }
}

async function settle(place: Awaited<ReturnType<typeof openPlace>>, documents: readonly DocumentToWrite[] = []): Promise<void> {
  await publish(place.owner, documents)
  await tell(place.index, place)
  while ((await place.worker.drain()) > 0);
}

const ids = countingIds(4)
const needs = [
  ['brackish-desalination', 'reverse-osmosis', 'saline-groundwater'],
  ['pumping-energy-cost', 'seawater-intrusion'],
  ['desalination', 'saline-groundwater', 'well-drilling']
]

async function promises(t: Test, server: Server): Promise<void> {
  await t.test('single runs through the index store what brute force finds, and keep no copy of everything', async (t) => {
    const place = await openPlace(t, server)
    const demands = needs.map((about, at) => demand(ids(), { about, language: at === 1 ? 'fr' : 'en' }))
    const [first] = demands
    await settle(place, [
      ...demands,
      ...needs.map((about) => technology(ids(), { about })),
      technology(ids(), { about: needs[0], openForInterest: false }),
      technology(ids(), { about: needs[0], controlState: 'prohibited' }),
      technology(ids(), { about: needs[0], ownerKey: first?.ownerKey ?? '' }),
      technology(ids(), { about: needs[0], excludedCountries: ['KE'] }),
      technology(ids(), { about: needs[0], validUntil: '2020-01-01T00:00:00.000Z' })
    ])
    const { stored, expected } = await storedAndExpected(place)
    t.ok(expected.length >= 3, 'there is something to find')
    t.same(stored, expected)
    t.same(place.worker.context.copy.all('technology'), [])
  })

  await t.test('a pair that no longer holds leaves, also when the index has not met it', async (t) => {
    const place = await openPlace(t, server)
    const need = demand(ids(), { about: needs[0] })
    const offer = technology(ids(), { about: needs[0] })
    await settle(place, [need, offer])
    t.equal((await matchRows(place.db)).filter(({ state }) => state === 'proposed').length, 1)
    await settle(place, [{ ...technology(offer.id, { about: ['crop-failure'] }), version: 2, revision: 2 }])
    t.same(
      (await matchRows(place.db)).map(({ state }) => state),
      ['withdrawn']
    )
  })

  await t.test('a run that hits its budget is marked as cut', async (t) => {
    const place = await openPlace(t, server)
    const need = demand(ids(), { about: needs[0] })
    await settle(place, [need, ...Array.from({ length: 6 }, () => technology(ids(), { about: needs[0] }))])
    const { scorer } = place.worker.context
    const gatherWith = (limits: { idsMax?: number; candidatesMax?: number }) =>
      createEngineCandidates({ db: place.db, index: place.index, scorer, log, ...limits }).gather(need.id, '2027-03-01')
    const everybody = () => true
    for (const [limits, count, cut] of [
      [{}, 6, false],
      [{ candidatesMax: 3 }, 6, true],
      [{ idsMax: 1 }, 6, true]
    ] as const) {
      const copy = await gatherWith(limits)
      const record = copy.find(need.id)
      const { counterparts, ...rest } = record ? copy.reaching(record, Infinity, everybody) : { counterparts: [], cut: undefined }
      t.same([counterparts.length, rest.cut], [count, cut], 'what is stored is always scored again')
    }
  })
}

await t.test('on the scripted double', async (t) => {
  const double = await createMeilisearchDouble()
  t.teardown(() => double.close())
  await promises(t, double)
})

await t.test('on a real server', { skip: realUrl ? false : 'no Meilisearch here' }, async (t) => {
  if (realUrl) await promises(t, { url: realUrl, key: realKey })
})

await t.test('while the index is away the work stays owed, and nothing is parked however long it takes', async (t) => {
  const place = await matchingDatabase(t)
  const away = async () => {
    throw new SearchUnavailableError('looking for candidates')
  }
  const noVectors = async function* () {}
  const index = { candidates: away, vectors: noVectors, putVectors: away }
  const worker = createMatchWorker({ ...place, now: place.clock.now, thesaurus, weights, log, index })
  await publish(place.owner, [demand(ids(), { about: needs[0] })])
  while ((await indexAll(place.owner)) > 0);
  for (let attempt = 0; attempt < 7; attempt++) {
    await worker.drain()
    await place.owner.withTx(matcherActor, (tx) => tx.execute(sql`update work.item set next_attempt_at = now() where kind = 'match'`))
  }
  const [item] = await place.db.withRead(matcherActor, (tx) =>
    tx.execute<{ attempts: number; state: string }>(sql`
      select attempts, state from work.item where kind = 'match' and done < wanted`)
  )
  t.match(item, { state: 'open' })
  t.ok((item?.attempts ?? 0) >= 6)
})
