import { untilTrue } from '@siku/testing'
import t from 'tap'
import { aDocument } from './documents.ts'
import { held, isPost, isTask, library, many, openOnDouble } from './open-on-double.ts'
import type { DoubleFault } from '@siku/testing'
import { compareTruth } from '../src/index.ts'

await t.test('an intent is on record before its request leaves, and its batch id travels with the task', async (t) => {
  const { double, intents, index } = await openOnDouble(t)
  const atRequest: unknown[] = []
  double.inject({ on: (call) => (isPost(call) ? (atRequest.push(structuredClone(intents.all())), false) : false), kind: 'hang' })
  await index.put([aDocument('1')])
  t.same(atRequest, [
    [
      {
        batchId: '00000000-0000-4000-8000-000000000001',
        taskUid: null,
        outcome: null,
        items: [{ library, id: '1', op: 'put', version: 1, hash: 'hash-of-1-1' }]
      }
    ]
  ])
  const [intent] = intents.all()
  t.equal(intent?.outcome, 'applied')
  t.equal(double.tasks.find(intent?.taskUid ?? -1)?.customMetadata, intent?.batchId)
  await index.remove([{ library, id: '1' }])
  t.match(intents.all()[1], { outcome: 'applied', items: [{ op: 'remove', version: null, hash: null }] })
})

await t.test('settings are in force before the first document, in an index named for its generation', async (t) => {
  const { double, index, rebuildsAsked } = await openOnDouble(t)
  await index.put([aDocument('1')])
  const [found] = double.indexes.list()
  t.equal(found?.uid, 'siku-g3')
  t.equal(found?.primaryKey, 'key')
  t.same(found?.settings['searchableAttributes'], ['titleTerms', 'bodyTerms'])
  const types = double.tasks
    .newestFirst()
    .toReversed()
    .map(({ type }) => type)
  t.same(types, ['indexCreation', 'settingsUpdate', 'documentAdditionOrUpdate'])
  t.same(rebuildsAsked, ['the index was not there'])
})

await t.test('put ends only when the task has ended', async (t) => {
  const { double, index } = await openOnDouble(t)
  await index.put([aDocument('1')])
  double.tasks.hold()
  let isDone = false
  const writing = index.put([aDocument('2')]).then(() => (isDone = true))
  await untilTrue(() => double.calls().filter(isTask).length > 8, { what: 'patient asking' })
  t.equal(isDone, false)
  double.tasks.release()
  await writing
  t.same(await held(index), ['1 v1', '2 v1'])
})

await t.test('a failed batch is halved until the poison document is alone, and the others are found', async (t) => {
  const { double, index, outcomes } = await openOnDouble(t)
  for (const id of ['id-3', 'id-11']) double.indexes.poison(`${library}_${id}`, `${id} is too long`)
  const { indexed, poisoned, notApplied } = await index.put([...many(16), aDocument('not a key!')])
  t.equal(indexed.length, 14)
  t.same(poisoned.map(({ id }) => id).sort(), ['id-11', 'id-3', 'not a key!'])
  t.match(poisoned.find(({ id }) => id === 'id-3')?.cause, /scripted_poison: id-3 is too long/)
  t.same(notApplied, [])
  t.equal((await held(index)).length, 14)
  t.notOk(outcomes().includes(null), 'no intent stays open')
  t.ok(double.calls().filter(isPost).length <= 3 * 2 * 5, 'a poison document costs a logarithm')
})

await t.test("a task that fails for the engine's own reasons, or is canceled, blames no document and is not halved", async (t) => {
  for (const end of ['failed', 'canceled'] as const) {
    const { double, index, outcomes } = await openOnDouble(t)
    await index.put([aDocument('0')])
    double.tasks.endNext(end)
    const before = double.calls().filter(isPost).length
    const result = await index.put(many(4))
    t.match(result, { indexed: [], poisoned: [], notApplied: [{ id: 'id-0' }, { id: 'id-1' }, { id: 'id-2' }, { id: 'id-3' }] })
    t.equal(double.calls().filter(isPost).length, before + 1)
    t.same(outcomes(), ['applied', 'not-applied'])
  }
})

await t.test('a task the engine no longer knows counts as not applied', async (t) => {
  const { double, index, intents } = await openOnDouble(t)
  await index.put([aDocument('0')])
  double.tasks.hold()
  const writing = index.put([aDocument('1')])
  const taskUid = await untilTrue(() => intents.all()[1]?.taskUid, { what: 'the task on record' })
  double.tasks.forget(taskUid)
  t.match(await writing, { indexed: [], notApplied: [{ id: '1', cause: 'the engine does not know the task' }] })
})

const lostRequests: { fault: DoubleFault['kind']; isTaken: boolean }[] = [
  { fault: 'error-500', isTaken: false },
  { fault: 'too-busy-503', isTaken: false },
  { fault: 'reset-before', isTaken: false },
  { fault: 'reset-after', isTaken: true },
  { fault: 'hang', isTaken: false },
  { fault: 'slow', isTaken: true }
]
for (const { fault, isTaken } of lostRequests) {
  await t.test(`${fault} while sending: the engine is asked whether it took the batch`, async (t) => {
    const { double, index, outcomes } = await openOnDouble(t)
    await index.put([aDocument('0')])
    double.inject({ on: isPost, kind: fault, ms: 1_500 })
    const { indexed, notApplied } = await index.put([aDocument('1')])
    t.equal(double.struck(), 1, 'the fault struck')
    t.same([indexed.length, notApplied.length], isTaken ? [1, 0] : [0, 1])
    t.equal(outcomes()[1], isTaken ? 'applied' : 'not-applied')
    t.same(await held(index), isTaken ? ['0 v1', '1 v1'] : ['0 v1'])
    await index.put([aDocument('1')])
    t.same(await held(index), ['0 v1', '1 v1'], 'once more puts it right')
  })
}

await t.test('errors while following are lived through, a longer silence leaves the intent open for recovery', async (t) => {
  const { double, index, intents, outcomes } = await openOnDouble(t)
  await index.put([aDocument('0')])
  double.inject({ on: isTask, kind: 'error-500', times: 3 })
  t.equal((await index.put([aDocument('1')])).indexed.length, 1)
  t.equal(double.struck(), 3)
  double.inject({ on: isTask, kind: 'reset-before', times: 5 })
  await t.rejects(index.put([aDocument('2')]), { code: 'SIKU_SEARCH_UNAVAILABLE', statusCode: 503 })
  t.equal((await intents.openIntents()).length, 1)
  t.same(await index.recover(), { applied: 1, notApplied: 0, failed: 0 })
  t.same(outcomes(), ['applied', 'applied', 'applied'])
})

await t.test('after a crash the end of every open intent is learnt', async (t) => {
  const { double, index, intents } = await openOnDouble(t)
  const items = [{ library, id: '1', op: 'put' as const, version: 1, hash: 'h' }]
  double.indexes.poison(`${library}_2`, 'poison')
  const enqueue = async (batchId: string, id: string) => {
    const answer = await fetch(`${double.url}/indexes/siku-g3/documents?primaryKey=key&customMetadata=${batchId}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${double.key}`, 'content-type': 'application/json' },
      body: JSON.stringify([{ key: `${library}_${id}` }])
    })
    return ((await answer.json()) as { taskUid: number }).taskUid
  }
  await enqueue('taken-but-unrecorded', '1')
  intents.plant({ batchId: 'taken-but-unrecorded', items, taskUid: null })
  intents.plant({ batchId: 'never-sent', items, taskUid: null })
  intents.plant({ batchId: 'recorded-and-failed', items, taskUid: await enqueue('recorded-and-failed', '2') })
  intents.plant({ batchId: 'of-another-engine', items, taskUid: await enqueue('somebody-else', '3') })
  intents.plant({ batchId: 'forgotten', items, taskUid: 999 })
  t.same(await index.recover(), { applied: 1, notApplied: 3, failed: 1 })
  t.same(Object.fromEntries(intents.all().map(({ batchId, outcome }) => [batchId, outcome])), {
    'taken-but-unrecorded': 'applied',
    'never-sent': 'not-applied',
    'recorded-and-failed': 'failed',
    'of-another-engine': 'not-applied',
    forgotten: 'not-applied'
  })
  t.same(await index.recover(), { applied: 0, notApplied: 0, failed: 0 })
})

await t.test('two writes the engine takes in another order leave drift that the truth tells', async (t) => {
  const { double, index } = await openOnDouble(t)
  await index.put([aDocument('0')])
  double.tasks.hold()
  const older = index.put([aDocument('1', { version: 1, hash: 'h1' })])
  await untilTrue(() => double.calls().filter(isPost).length === 2)
  const newer = index.put([aDocument('1', { version: 2, hash: 'h2' })])
  await untilTrue(() => double.calls().filter(isPost).length === 3)
  double.tasks.release('reversed')
  await Promise.all([older, newer])
  const expected = async function* () {
    yield { library, id: '0', version: 1, hash: 'hash-of-0-1' } as const
    yield { library, id: '1', version: 2, hash: 'h2' } as const
  }
  const kinds: string[] = []
  for await (const { kind, id } of compareTruth(index, expected())) kinds.push(`${id} ${kind}`)
  t.same(kinds, ['1 stale'])
})
