import t from 'tap'
import { searchConformance } from './conformance.ts'
import { aDocument } from './documents.ts'
import { createEmbeddedIndex } from '../src/index.ts'

await searchConformance(t, async (t) => {
  const index = createEmbeddedIndex()
  t.teardown(() => index.close())
  return index
})

await t.test('an older place in the feed never undoes a newer one', async (t) => {
  const index = createEmbeddedIndex()
  const versions = async () => {
    const found: number[] = []
    for await (const { version } of index.truth()) found.push(version)
    return found
  }
  await index.put([aDocument('1', { version: 2, position: 5 })])
  await index.put([aDocument('1', { version: 1, position: 4 })])
  t.same(await versions(), [2])
  await index.remove([{ library: 'technology-reserve', id: '1', position: 3 }])
  t.same(await versions(), [2], 'an old tombstone is passed over')
  await index.remove([{ library: 'technology-reserve', id: '1', position: 6 }])
  await index.put([aDocument('1', { version: 2, position: 5 })])
  t.same(await versions(), [], 'what was removed stays removed')
  await index.put([aDocument('1', { version: 3, position: 7 })])
  t.same(await versions(), [3], 'and may come back')
})

await t.test('a tombstone counts as reached, and closing ends all waiting', async (t) => {
  const index = createEmbeddedIndex()
  const reached = index.waitFor('technology-reserve', 3, 5_000)
  await index.remove([{ library: 'technology-reserve', id: '1', position: 3 }])
  await reached
  const never = index.waitFor('technology-reserve', 99, 60_000)
  await index.close()
  await t.rejects(never, { code: 'SIKU_SEARCH_BEHIND' })
})

await t.test('the same records in another order give the same page, scores included', async (t) => {
  const records = Array.from({ length: 60 }, (_, n) =>
    aDocument(`id-${n}`, {
      titleTerms: ['pump', `model${n % 7}`],
      bodyTerms: Array.from({ length: n % 11 }, (_, k) => `word${k}`),
      concepts: n % 3 === 0 ? ['machine.pump'] : []
    })
  )
  const pageOf = async (documents: typeof records) => {
    const index = createEmbeddedIndex()
    await index.put(documents)
    return index.search({ terms: ['pump', 'word3'], concepts: [{ id: 'machine.pump', weight: 0.5 }], reader: { kind: 'staff' }, limit: 60 })
  }
  t.same(await pageOf(records), await pageOf(records.toReversed()))
})
