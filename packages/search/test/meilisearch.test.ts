import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { countingIds, untilTrue, type Teardown } from '@siku/testing'
import t from 'tap'
import { searchConformance } from './conformance.ts'
import { aDocument } from './documents.ts'
import { memoryIntents } from './memory-intents.ts'
import { held, library, many, openOnDouble } from './open-on-double.ts'
import { createMeilisearchDouble } from '@siku/testing'
import { createMeilisearchIndex } from '../src/index.ts'

const log = { warn: () => {} }
let installations = 0

const indexAt = (url: string, key: string | undefined) => {
  installations += 1
  return createMeilisearchIndex({
    url,
    key,
    prefix: `test-${process.pid}-${installations}`,
    intents: memoryIntents(),
    newId: countingIds(installations),
    log
  })
}

await t.test('against the scripted double', async (t) => {
  const double = await createMeilisearchDouble()
  t.teardown(() => double.close())
  await searchConformance(t, async () => indexAt(double.url, double.key))
})

const real = process.env['MEILI_URL'] ? { url: process.env['MEILI_URL'], key: process.env['MEILI_KEY'] } : await startServer(t)
await t.test('against a real Meilisearch', { skip: real ? false : 'no Meilisearch here' }, async (t) => {
  if (!real) return
  await searchConformance(t, async (t) => {
    const index = indexAt(real.url, real.key)
    t.teardown(() => index.clear())
    return index
  })
})

await t.test('a new engine, or an index that was deleted, is set up again and asks to be rebuilt', async (t) => {
  const { double, index, rebuildsAsked } = await openOnDouble(t)
  await index.put([aDocument('1')])
  double.reinstall()
  t.same((await index.put([aDocument('2')])).indexed.length, 1)
  t.same(rebuildsAsked, ['the index was not there', 'the index was not there'])
  t.same(await held(index), ['2 v1'])
  double.indexes.deleteIndex('siku-g3')
  double.indexes.addDocuments('siku-g3', [{ key: 'made-by-a-write' }], 'key')
  await untilTrue(async () => (await index.put([aDocument('3')])).indexed.length === 1)
  t.equal(rebuildsAsked.at(-1), 'the index had no settings')
  t.equal((await index.search({ terms: [], concepts: [], reader: { kind: 'staff' }, limit: 5, filters: { library: [library] } })).total, 1)
})

await t.test('every process that writes learns that the index was lost, and none takes a change-over for a loss', async (t) => {
  const { double, index, rebuildsAsked } = await openOnDouble(t)
  const othersAsked: string[] = []
  const other = createMeilisearchIndex({
    url: double.url,
    key: double.key,
    intents: memoryIntents(),
    newId: countingIds(9),
    log,
    onRebuildNeeded: (reason) => void othersAsked.push(reason)
  })
  await index.put([aDocument('1')])
  await other.put([aDocument('2', { library: 'project-results' })])
  await index.rebuild(async function* () {
    yield aDocument('1')
    yield aDocument('2', { library: 'project-results' })
  })
  await other.put([aDocument('3', { library: 'project-results' })])
  t.same([rebuildsAsked, othersAsked], [['the index was not there'], []])
  await untilTrue(() => new Date().toISOString() > (double.tasks.newestFirst()[0]?.finishedAt ?? ''), { what: 'a later millisecond' })
  double.indexes.deleteIndex('siku-g3')
  await index.put([aDocument('1')])
  await other.put([aDocument('2', { library: 'project-results' })])
  t.same([rebuildsAsked.length, othersAsked], [2, ['the index was made anew by another process']])
  const ofOne: string[] = []
  for await (const { id } of index.truth(['project-results'])) ofOne.push(id)
  t.same(ofOne, ['2'])
})

await t.test('when the engine is away or hangs, searches say so at once and writes leave nothing behind', async (t) => {
  const { double, index, outcomes } = await openOnDouble(t)
  const query = { terms: ['pump'], concepts: [], reader: { kind: 'staff' } as const, limit: 5 }
  await t.rejects(index.search(query), { code: 'SIKU_SEARCH_UNAVAILABLE' }, 'no index yet')
  await index.put([aDocument('1')])
  double.inject({ on: ({ path }) => path === '/multi-search', kind: 'hang' })
  const started = performance.now()
  await t.rejects(index.search(query), { code: 'SIKU_SEARCH_UNAVAILABLE', statusCode: 503 })
  t.ok(performance.now() - started < 1_000, 'a hanging search ends')
  await double.close()
  t.match(await index.health(), { ok: false })
  await t.rejects(index.search(query), { code: 'SIKU_SEARCH_UNAVAILABLE' })
  await t.rejects(index.put([aDocument('2')]), { code: 'SIKU_SEARCH_UNAVAILABLE' })
  t.same(outcomes(), ['applied'], 'nothing was intended that could not be sent')
})

await t.test('an error carries no key of the engine, and a wrong key blames no document', async (t) => {
  const { double } = await openOnDouble(t)
  const index = createMeilisearchIndex({
    url: double.url,
    key: 'a-secret-wrong-key',
    intents: memoryIntents(),
    newId: countingIds(),
    log: { warn: () => {} }
  })
  const error: unknown = await index.put([aDocument('1')]).catch((caught: unknown) => caught)
  t.match(error, { code: 'SIKU_SEARCH_REFUSED', engineCode: 'invalid_api_key' })
  t.notMatch(JSON.stringify(error, Object.getOwnPropertyNames(error)), /a-secret-wrong-key/)
})

await t.test('a rebuild drops what an aborted one left, writes to both while it runs, and leaves one index', async (t) => {
  const { double, index } = await openOnDouble(t)
  await index.put(many(3))
  double.indexes.addDocuments('siku-g3-next', [{ key: 'left-over' }], 'key')
  let during: string[] = []
  await index.rebuild(async function* () {
    yield* many(3)
    if (during.length > 0) return
    await index.put([aDocument('live')])
    during = double.indexes
      .list()
      .filter(({ documents }) => documents.has(`${library}_live`))
      .map(({ uid }) => uid)
      .sort()
    yield aDocument('live')
  })
  t.same(during, ['siku-g3', 'siku-g3-next'])
  t.same(
    double.indexes.list().map(({ uid }) => uid),
    ['siku-g3']
  )
  t.same(await held(index), ['id-0 v1', 'id-1 v1', 'id-2 v1'], 'the source had the last word: it no longer held the live one')
})

await t.test('vectors of another length are gone before the length is changed, and what is not there gets none', async (t) => {
  const { double, index, outcomes } = await openOnDouble(t)
  const vector = (space: string, values: number[]) => ({ space, values, stamp: '1' })
  await t.rejects(index.putVectors([{ library, id: 'id-0', vector: vector('a', [1, 0]) }]), { code: 'SIKU_SEARCH_UNAVAILABLE' }, 'no index')
  t.same(double.indexes.list(), [], 'and none is made for that')
  await index.put(many(1_201))
  await index.putVectors(many(1_201).map(({ id }) => ({ library, id, vector: vector('a', [1, 0]) })))
  await index.putVectors([{ library, id: 'id-7', vector: vector('b', [0, 1, 0]) }])
  const documents = [...(double.indexes.find('siku-g3')?.documents.values() ?? [])]
  t.same(
    documents.filter(({ vectorSpace }) => vectorSpace !== null).map(({ _vectors, vectorSpace }) => [vectorSpace, _vectors]),
    [['b', { meaning: [0, 1, 0] }]]
  )
  t.same(double.indexes.find('siku-g3')?.settings['embedders'], { meaning: { source: 'userProvided', dimensions: 3 } })
  t.same(outcomes(), ['applied', 'applied'], 'documents leave an intent, vectors need none')
})

await t.test('more words than the engine would read are cut by us, with a warning', async (t) => {
  const { double, index, warned } = await openOnDouble(t)
  await index.put([aDocument('1', { bodyTerms: Array.from({ length: 8_000 }, (_, n) => `word${n}`) })])
  const stored = double.indexes.find('siku-g3')?.documents.get(`${library}_1`)
  t.match(stored, { bodyTerms: { length: 7_000 } })
  t.match(warned.sort(), [/more words than the index can hold/, /starts empty/])
})

async function startServer(t: Teardown): Promise<{ url: string; key: string } | null> {
  if (spawnSync('meilisearch', ['--version']).status !== 0) return null
  const folder = await mkdtemp(join(tmpdir(), 'siku-meilisearch-'))
  const port = await freePort()
  const key = 'a-key-for-tests-only'
  const server = spawn(
    'meilisearch',
    ['--http-addr', `127.0.0.1:${port}`, '--master-key', key, '--no-analytics', '--db-path', join(folder, 'data')],
    { cwd: folder, stdio: 'ignore' }
  )
  t.teardown(async () => {
    server.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  })
  const url = `http://127.0.0.1:${port}`
  await untilTrue(async () => (await fetch(`${url}/health`)).ok, { timeoutMs: 30_000, what: 'a healthy Meilisearch' })
  return { url, key }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address ? address.port : 0
}
