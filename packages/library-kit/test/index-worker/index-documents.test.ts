import { claimWork, closeWork, oweWork } from '@siku/db'
import { emptyWriteResult } from '@siku/search'
import { sql } from 'drizzle-orm'
import t from 'tap'
import { tinyThesaurus } from '../tiny-thesaurus.ts'
import { indexBench, indexer, scriptedIndex, textOf } from './index-bench.ts'

t.test('a published record is annotated, gets its place and owes its match, and the work is closed', async (t) => {
  const { publish, drain, rowOf } = await indexBench(t)
  const first = await publish()
  const second = await publish({ title: '无关' })
  t.match(await rowOf(first.id), { position: null, version: null, wanted: 1, done: 0, matches: 0 })
  t.equal(await drain(), 2)
  t.match(await rowOf(first.id), { position: 1, version: 1, edition: tinyThesaurus.edition, concepts: 2, done: 1, matches: 1 })
  t.match(await rowOf(second.id), { position: 2, concepts: 0, done: 1, matches: 1 })
  t.equal(await drain(), 0, 'nothing is owed twice')
})

t.test('a library without a counterpart owes no match', async (t) => {
  const { publish, drain, rowOf } = await indexBench(t, 'project-results')
  const { id } = await publish()
  await drain()
  t.match(await rowOf(id), { position: 1, done: 1, matches: 0 })
})

t.test('a record changed while it was read gets its place in the next pass only, with its new text', async (t) => {
  const { publish, drain, rowOf } = await indexBench(t)
  const document = await publish()
  const { index } = scriptedIndex({
    put: async (documents) => {
      await publish({ ...document, version: 2, revision: 2, text: textOf('膜') })
      return { ...emptyWriteResult(), indexed: documents.map(({ library, id, version }) => ({ library, id, version })) }
    }
  })
  t.equal(await drain(index), 1)
  t.match(await rowOf(document.id), { position: null, wanted: 2, done: 1 })
  t.equal(await drain(), 1)
  t.match(await rowOf(document.id), { position: 1, version: 2, concepts: 1, wanted: 2, done: 2, matches: 2 })
})

t.test('a batch whose claim was taken over leaves nothing behind', async (t) => {
  const { db, owner, publish, drain, rowOf, name } = await indexBench(t)
  const taken = await publish()
  const other = await publish()
  let newer: Awaited<ReturnType<typeof claimWork>> = []
  const { index } = scriptedIndex({
    put: async () => {
      await owner.withTx(indexer, (tx) =>
        tx.execute(sql`update work.item set lease_until = now() - interval '1 s' where record_id = ${taken.id}::uuid`)
      )
      newer = await claimWork(db, indexer, { kind: 'index', library: name, limit: 10, leaseMs: 60_000 })
      return emptyWriteResult()
    }
  })
  t.equal(await drain(index), 2)
  t.equal(newer.length, 1, 'the takeover happened')
  for (const { id } of [taken, other]) t.match(await rowOf(id), { position: null, version: null, done: 0, matches: 0, state: 'open' })
  await db.withTx(indexer, (tx) => closeWork(tx, newer))
  t.match(await rowOf(taken.id), { done: 1 }, 'the newer claim still stands')
  t.match(await rowOf(other.id), { due: false, error: /taken over/ })
})

t.test('what the index refuses for its own sake is parked with the reason, while the others go on', async (t) => {
  const { publish, drain, rowOf } = await indexBench(t)
  const [good, bad, last] = [await publish(), await publish(), await publish()]
  const { index, told } = scriptedIndex({
    put: async (documents) => ({
      ...emptyWriteResult(),
      poisoned: documents.filter(({ id }) => id === bad.id).map(({ library, id }) => ({ library, id, cause: 'invalid_document' }))
    })
  })
  t.equal(await drain(index), 3)
  t.same(told.put.toSorted(), [good.id, bad.id, last.id].toSorted())
  t.match(await rowOf(bad.id), { state: 'parked', error: 'invalid_document', position: null, version: null, done: 0, matches: 0 })
  for (const { id } of [good, last]) t.match(await rowOf(id), { state: 'open', done: 1, matches: 1 })
  t.equal(await drain(), 0, 'it is not tried again as it is')
  await publish({ ...bad, version: 2, revision: 2 })
  t.equal(await drain(), 1, 'a new version is another matter')
  t.match(await rowOf(bad.id), { state: 'open', version: 2, done: 2 })
})

t.test('what the index did not apply stays owed and is not told of as done', async (t) => {
  const { publish, drain, rowOf } = await indexBench(t)
  const [applied, missed] = [await publish(), await publish()]
  const missing = (id: string) =>
    scriptedIndex({
      put: async (documents) => ({
        ...emptyWriteResult(),
        notApplied: documents
          .filter((one) => id === '' || one.id === id)
          .map((one) => ({ library: one.library, id: one.id, cause: 'timeout' }))
      })
    }).index
  await drain(missing(missed.id))
  t.match(await rowOf(applied.id), { done: 1, position: 1 })
  t.match(await rowOf(missed.id), { done: 0, position: null, version: null, state: 'open', matches: 0 })
  const again = await publish()
  await drain(missing(''))
  t.match(await rowOf(again.id), { done: 0, position: null, state: 'open', due: false })
})

t.test('an index that cannot be reached costs a back-off and nothing else', async (t) => {
  const { publish, drain, rowOf } = await indexBench(t)
  const { id } = await publish()
  const { index } = scriptedIndex({ put: () => Promise.reject(new TypeError('text of a record')) })
  t.equal(await drain(index), 1)
  t.match(await rowOf(id), { done: 0, position: null, version: null, state: 'open', due: false, error: 'TypeError' })
  t.equal(await drain(index), 0)
})

t.test('a record that was hidden is taken out of the index and gets a new place as a tombstone', async (t) => {
  const { publish, drain, rowOf } = await indexBench(t)
  const document = await publish()
  const { index, told } = scriptedIndex({})
  await drain(index)
  await publish({ ...document, revision: 2, tombstone: true, state: 'paused' })
  await drain(index)
  t.same(told, { put: [document.id], removed: [document.id] })
  t.match(await rowOf(document.id), { position: 2, done: 2, matches: 2 })
})

t.test('work for a record that is not there any more is closed', async (t) => {
  const { db, drain, rowOf, newId, name } = await indexBench(t)
  const id = newId()
  await db.withTx(indexer, (tx) => oweWork(tx, { kind: 'index', library: name, recordId: id, cause: 'test', causeId: null }))
  t.equal(await drain(), 1)
  t.match(await rowOf(id), { done: 1, wanted: 1 })
})

t.test('two workers share what is due: every record once, places without a gap', async (t) => {
  const { owner, publish, drain } = await indexBench(t)
  for (let n = 0; n < 205; n++) await publish()
  const done = await Promise.all([drain(), drain()])
  t.equal(done.reduce((sum, count) => sum + count, 0) + (await drain()), 205)
  const [row] = await owner.withRead(indexer, (tx) =>
    tx.execute(sql`
    select count(*)::int as numbered, max(position)::int as last, count(distinct position)::int as places from published.document`)
  )
  t.same(row, { numbered: 205, last: 205, places: 205 })
})
