import type { EmbeddingSpace, Meaning } from '@siku/matcher'
import {
  createEmbeddedIndex,
  createMeilisearchIndex,
  type DocumentVector,
  type IntentStore,
  type SearchDocument,
  type SearchIndex
} from '@siku/search'
import { toSearchDocument } from '@siku/service-kit'
import { countingIds, createMeilisearchDouble, seededRandom } from '@siku/testing'
import { sql } from 'drizzle-orm'
import t, { type Test } from 'tap'
import type { EmbedWorkerOptions } from '../../src/embedding/embed-worker.ts'
import { askingVector, engineSpace, heldVector } from '../../src/embedding/engine-vector.ts'
import { engineTimers } from '../../src/match/engine-timers.ts'
import { demand, indexAll, log, matcherActor, publish, technology } from '../support.ts'
import {
  assertConverged,
  editAtRandom,
  idOf,
  marked,
  meaningful,
  owed,
  place,
  rowsOf,
  tellIndex,
  untilQuiet,
  type Here,
  type Subject
} from './support.ts'

const noIntents: IntentStore = { intend: async () => {}, recordTask: async () => {}, settle: async () => {}, openIntents: async () => [] }
const { MEILI_URL: realUrl, MEILI_KEY: realKey } = process.env
type Server = { url: string; key?: string | undefined; kind: 'double' | 'real' }
let installations = 0

function openIndex(t: Pick<Test, 'teardown'>, { url, key }: Server): SearchIndex {
  installations += 1
  const index = createMeilisearchIndex({
    url,
    ...(key === undefined ? {} : { key }),
    prefix: `vectors-${process.pid}-${installations}`,
    intents: noIntents,
    newId: countingIds(installations),
    log: { warn: () => {} },
    follow: { pollFirstMs: 2 }
  })
  t.teardown(() => index.clear().catch(() => undefined))
  return index
}

/** Stamps the index holds of the space in use, and those the database holds. */
async function stamps(here: Here, index: SearchIndex): Promise<{ held: string[]; stored: string[] }> {
  const rows = await here.db.withRead(matcherActor, async (tx) => [
    ...(await tx.execute<{ id: string; stamp: string; space: string }>(sql`
      select v.record_id as id, v.position::text as stamp, v.space from matching.vector v
      join matching.embedding_space s on s.id = v.space and s.is_current where v.version > 0`))
  ])
  const held: string[] = []
  for await (const { id, stamp } of index.vectors(engineSpace(rows[0]?.space ?? ''))) held.push(`${id} ${stamp}`)
  return { held: held.sort(), stored: rows.map(({ id, stamp }) => `${id} ${stamp}`).sort() }
}

const needOf = (number: number, subject: Subject) => demand(idOf('d', number), marked(subject, { about: ['low-crop-yield'] }))
const offerOf = (number: number, subject: Subject) => technology(idOf('t', number), marked(subject, { about: ['reverse-osmosis'] }))
const pairsOf = async (here: Here) => (await rowsOf(here)).map(({ demandId, technologyId }) => [demandId, technologyId])

/** A need and an offer that mean the same, both in the index with their vectors. */
async function placeWithPair(t: Test, server: Server, worker: Partial<EmbedWorkerOptions> = {}) {
  const index = openIndex(t, server)
  const here = await place(t, { weights: meaningful, index, worker })
  await here.embedding.drain()
  await publish(here.owner, [needOf(1, 'wind'), offerOf(1, 'wind')])
  await here.settle()
  return { index, here }
}

async function promises(t: Test, server: Server): Promise<void> {
  await t.test('texts that share no concept and mean the same find each other through the index, whichever comes first', async (t) => {
    const index = openIndex(t, server)
    const here = await place(t, { weights: meaningful, index })
    await here.embedding.drain()
    await publish(here.owner, [needOf(1, 'wind'), needOf(2, 'rail'), offerOf(1, 'wind')])
    await here.matchAll()
    t.same(await rowsOf(here), [], 'not by their concepts')
    await here.settle()
    t.same(await pairsOf(here), [[idOf('d', 1), idOf('t', 1)]])
    const { held, stored } = await stamps(here, index)
    t.same(held, stored, 'the index holds every vector')
    t.equal(held.length, 3)
    t.same(here.matcher.context.copy.all('technology'), [], 'the worker keeps no copy of the records, nor of their vectors')
    await publish(here.owner, [offerOf(2, 'rail')])
    await here.settle()
    await publish(here.owner, [needOf(3, 'rail')])
    await here.settle()
    t.equal((await rowsOf(here)).length, 3)
    await assertConverged(t, here)
  })

  await t.test('a record that is published anew loses its vector in the index, and its own run brings it back', async (t) => {
    const { index, here } = await placeWithPair(t, server)
    await publish(here.owner, [{ ...offerOf(1, 'wind'), revision: 2, excludedCountries: ['FR'] }])
    await indexAll(here.owner)
    await here.tell()
    t.equal((await stamps(here, index)).held.length, 1)
    const asked = here.server.asked().length
    await here.matchAll()
    t.equal((await stamps(here, index)).held.length, 2)
    t.equal(here.server.asked().length, asked, 'nothing is embedded again for that')
    await assertConverged(t, here)
  })

  await t.test('with a model of another length everything is embedded anew, and old and new are never compared', async (t) => {
    const { index, here } = await placeWithPair(t, server, { batchSize: 1 })
    t.equal((await rowsOf(here)).length, 1)
    here.server.change('double-2', 20)
    await here.embedding.drain()
    await here.matchAll()
    t.same(await rowsOf(here), [], 'until both have a vector of the new one, nothing is known')
    await assertConverged(t, here)
    await here.settle()
    const { held, stored } = await stamps(here, index)
    t.same(held, stored)
    t.same([held.length, (await rowsOf(here)).length], [2, 1])
    await assertConverged(t, here)
  })

  await t.test('vectors an index has lost are given to it again, without any record being touched', async (t) => {
    const { index, here } = await placeWithPair(t, server)
    await index.clear()
    await tellIndex(index, here.owner)()
    t.same((await stamps(here, index)).held, [])
    for (const timer of engineTimers(here.matcher.context, log)) await timer.run(new AbortController().signal)
    const { held, stored } = await stamps(here, index)
    t.same(held, stored)
    t.match(await owed(here), { open: 0, parked: 0 })
  })

  await t.test('whatever the order in which records change and vectors arrive, the match set is that of brute force', async (t) => {
    const runs = server.kind === 'real' ? [{ seed: 5, edits: 14 }] : [5, 23].map((seed) => ({ seed, edits: 36 }))
    for (const { seed, edits } of runs) {
      const index = openIndex(t, server)
      const here = await place(t, { weights: meaningful, index, worker: { batchSize: 2, leaseMs: 200 } })
      await editAtRandom(here, { seed, edits })
      await untilQuiet(here)
      await assertConverged(t, here, `seed ${seed}`)
      const { held, stored } = await stamps(here, index)
      t.same(held, stored)
    }
  })
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => Array.from(a).reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0)

const aDocument = (id: string, vector: DocumentVector): SearchDocument => ({
  ...toSearchDocument(
    { ...offerOf(1, 'wind'), id, revision: 1, hash: id, publishedAt: null, position: 0 },
    null,
    '2026-01-01T00:00:00.000Z'
  ),
  vector
})

await t.test('the order by angle in an index is the order by closeness, whoever asks', async (t) => {
  const next = seededRandom(11)
  const random = () => next() - 0.5
  const space: EmbeddingSpace = { id: 'model', centre: 0, deviation: 1 }
  const meaning = (): Meaning => {
    const vector = Float32Array.from({ length: 24 }, random)
    const length = Math.sqrt(dot(vector, vector))
    return { space, nearness: random() * 1.9, vector: vector.map((value) => value / length) }
  }
  const asking = meaning()
  const others = Array.from({ length: 200 }, (_, at) => ({ id: String(at), meaning: meaning() }))
  const closeness = (other: Meaning) => 2 * dot(asking.vector, other.vector) - asking.nearness - other.nearness
  const byCloseness = others.toSorted((a, b) => closeness(b.meaning) - closeness(a.meaning)).map(({ id }) => id)
  const index = createEmbeddedIndex()
  const held = others.map(({ id, meaning: one }) => aDocument(id, heldVector({ position: Number(id), meaning: one })))
  await index.put(held)
  const everything = { kind: 'all', of: [] } as const
  const { near } = await index.candidates({ lists: [], filter: everything, idsMax: 300, nearest: { ...askingVector(asking), limit: 200 } })
  t.same(
    near.map(({ id }) => id),
    byCloseness
  )
  const lengths = held.map(({ vector }) => dot(vector?.values ?? [], vector?.values ?? []))
  t.ok(
    lengths.every((length) => Math.abs(length - 1.25) < 1e-5),
    'all are equally long'
  )
})

await t.test('on the scripted double', async (t) => {
  const double = await createMeilisearchDouble()
  t.teardown(() => double.close())
  await promises(t, { ...double, kind: 'double' })

  await t.test('while the index takes no vectors nothing is matched without them, and nothing is parked', async (t) => {
    const index = openIndex(t, { ...double, kind: 'double' })
    const here = await place(t, { weights: meaningful, index })
    await here.embedding.drain()
    await publish(here.owner, [needOf(1, 'wind'), offerOf(1, 'wind')])
    await here.matchAll()
    await here.embedding.drain()
    double.inject({ on: ({ method }) => method === 'PUT', kind: 'error-500' })
    await here.matcher.drain()
    t.same(await rowsOf(here), [])
    await here.owner.withTx(matcherActor, (tx) => tx.execute(sql`update work.item set next_attempt_at = now() where kind = 'match'`))
    await here.settle()
    t.equal((await rowsOf(here)).length, 1)
    await assertConverged(t, here)
  })
})

await t.test('on a real server', { skip: realUrl ? false : 'no Meilisearch here' }, async (t) => {
  if (realUrl) await promises(t, { url: realUrl, key: realKey, kind: 'real' })
})
