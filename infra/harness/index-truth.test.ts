import { serviceActor } from '@siku/contracts'
import { connectDatabase, writeDocument } from '@siku/db'
import { library as technologies } from '@siku/technology-reserve'
import { indexDocuments } from '@siku/library-kit'
import { createEmbeddedIndex, type SearchDocument, type SearchIndex } from '@siku/search'
import { createLogger, followPublished, newId, openSharedIndex, publishedDocuments, reconcileIndex, systemNow } from '@siku/service-kit'
import { createMeilisearchDouble, testDatabase, untilTrue } from '@siku/testing'
import { loadThesaurus } from '@siku/thesaurus'
import { setTimeout as delay } from 'node:timers/promises'
import t, { type Test as Tap } from 'tap'
import { loadSample } from '../dev/sample/load-sample.ts'
import { publicDocument } from './durability/public-document.ts'
import { deleteIndexes } from './support/delete-indexes.ts'

/** R-B4: drifts of every kind are found and mended in one pass; and an index that is deleted under load comes back whole. */
const thesaurus = loadThesaurus()
const log = createLogger({ name: 'harness', level: 'silent' })
const actor = serviceActor('service:index', 'harness')
const libraries = ['technology-reserve'] as const
const records = 120

type Test = { teardown: (fn: () => unknown) => unknown }

async function open(t: Test) {
  const database = await testDatabase(t)
  const db = connectDatabase({ url: database.urlFor('siku_technology_reserve'), applicationName: 'harness', poolSize: 6 })
  t.teardown(() => db.close())
  const sample = loadSample(systemNow()).technologies
  const publish = async (count: number, from = 0) => {
    for (let number = from; number < from + count; number++) {
      const record = sample[number % sample.length]
      if (!record) throw new Error('the sample is empty')
      await db.withTx(actor, (tx) => writeDocument(tx, publicDocument(technologies, record.draft, { id: newId(), number }), 'harness'))
    }
  }
  const drain = async (index?: SearchIndex) => {
    while ((await indexDocuments({ db, library: technologies, thesaurus, log, now: systemNow, ...(index ? { index } : {}) })) > 0)
      await delay(0)
  }
  return { database, db, publish, drain }
}

t.test('50 seeded drifts of six kinds are found and mended in one pass, and none is left', async (t) => {
  const { db, publish, drain } = await open(t)
  await publish(records)
  await drain()
  const index = createEmbeddedIndex()
  const following = await followPublished({ db, index, edition: thesaurus.edition, log, pollMs: 60_000 })
  t.teardown(() => following.close())
  const reconcile = () => reconcileIndex({ db, index, edition: thesaurus.edition, libraries })
  t.same((await reconcile()).drifts, [], 'control: without drift nothing is found, and nothing written')

  const documents: SearchDocument[] = []
  for await (const document of publishedDocuments({ db, library: 'technology-reserve', edition: thesaurus.edition }))
    documents.push(document)
  const seeded = await seedDrifts(index, documents)
  const found = await reconcile()
  t.equal(found.drifts.length, 50)
  t.same(tally(found.drifts.map((drift) => drift.kind)), seeded)
  t.equal(found.repaired, 50)
  t.same((await reconcile()).drifts, [])
})

t.test('an index deleted under load is built again from what is published, on the scripted double', async (t) => {
  const double = await createMeilisearchDouble()
  t.teardown(() => double.close())
  await deleteUnderLoad(t, { url: double.url, key: double.key, lose: async () => double.reinstall() })
})

const { MEILI_URL: realUrl, MEILI_KEY: realKey } = process.env
t.test('an index deleted under load is built again, on a real server', { skip: realUrl ? false : 'no Meilisearch here' }, async (t) => {
  if (!realUrl) return
  const lose = () => deleteIndexes({ url: realUrl, key: realKey })
  await lose()
  t.teardown(lose)
  await deleteUnderLoad(t, { url: realUrl, key: realKey, lose })
})

type Server = { url: string; key: string | undefined; lose: () => Promise<void> }

async function deleteUnderLoad(t: Tap, { url, key, lose }: Server): Promise<void> {
  const { db, publish, drain } = await open(t)
  const index = openSharedIndex({ url, key, db, library: 'technology-reserve', log, newId })
  t.teardown(() => index.close())
  await publish(40)
  await drain(index)
  t.equal(await held(index), 40)

  let loading = true
  const load = (async () => {
    for (let from = 40; from < 100; from += 10) {
      await publish(10, from)
      await drain(index)
    }
    loading = false
  })()
  await untilTrue(async () => (await held(index)) > 50 || !loading, { timeoutMs: 60_000 })
  await lose()
  t.ok(loading, 'the index was deleted while records were being published')
  await load
  await untilTrue(async () => (await drain(index), (await held(index)) === 100), { timeoutMs: 60_000 })
  t.same((await reconcileIndex({ db, index, edition: thesaurus.edition, libraries })).drifts, [], 'drift 0')
}

async function seedDrifts(index: SearchIndex, documents: readonly SearchDocument[]): Promise<Record<string, number>> {
  const take = (from: number, count: number) => documents.slice(from, from + count)
  await index.remove(take(0, 10))
  await index.put(take(10, 10).map((document) => ({ ...document, version: document.version - 1 })))
  await index.put(take(20, 5).map((document) => ({ ...document, version: document.version + 7 })))
  await index.put(take(25, 10).map((document) => ({ ...document, hash: 'something-else' })))
  await index.put(
    take(35, 5).map((document) => ({
      ...document,
      access: { ...document.access, visibility: 'public-named' as const, controlState: 'free' as const }
    }))
  )
  await index.put(take(40, 10).map((document) => ({ ...document, id: newId() })))
  return tally([
    ...Array(10).fill('missing'),
    ...Array(10).fill('stale'),
    ...Array(5).fill('future'),
    ...Array(10).fill('wrong-hash'),
    ...Array(5).fill('wrong-access'),
    ...Array(10).fill('extra')
  ])
}

function tally(kinds: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const kind of [...kinds].sort()) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}

async function held(index: SearchIndex): Promise<number> {
  let count = 0
  try {
    for await (const _entry of index.truth()) count++
  } catch {
    return 0
  }
  return count
}
