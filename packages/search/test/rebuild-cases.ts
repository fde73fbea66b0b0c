import type { Test } from 'tap'
import type { Open } from './asking.ts'
import { aDocument } from './documents.ts'
import { accessHash, compareTruth, readingHash, type ExpectedEntry, type SearchDocument, type SearchIndex } from '../src/index.ts'

async function* each<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items
}

const expectedOf = (document: SearchDocument): ExpectedEntry => {
  const { library, id, version, hash, access } = document
  return { library, id, version, hash, accessHash: accessHash(access), readingHash: readingHash(document) }
}

async function drifts(index: SearchIndex, expected: Iterable<SearchDocument>) {
  const found: { kind: string; id: string }[] = []
  for await (const { kind, id } of compareTruth(index, each([...expected].map(expectedOf)))) found.push({ kind, id })
  return found.sort((a, b) => (a.id < b.id ? -1 : 1))
}

export async function driftCases(t: Test, open: Open): Promise<void> {
  await t.test('every kind of drift is told by the index itself', async (t) => {
    const index = await open(t)
    const right = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((id) => aDocument(id, { version: 2, hash: `h-${id}` }))
    await index.put(right)
    t.same(await drifts(index, right), [])
    await index.put([
      aDocument('a', { version: 1, hash: 'h-a' }),
      aDocument('b', { version: 3, hash: 'h-b' }),
      aDocument('c', { version: 2, hash: 'another' }),
      aDocument('d', { version: 2, hash: 'h-d', access: { visibility: 'public-named' } }),
      aDocument('g', { version: 2, hash: 'h-g', concepts: ['pump'] }),
      aDocument('h', { version: 2, hash: 'h-h', impacts: [{ token: 'c:pump', weight: 1 }] }),
      aDocument('x')
    ])
    await index.remove([{ library: 'technology-reserve', id: 'e' }])
    t.same(await drifts(index, right), [
      { kind: 'stale', id: 'a' },
      { kind: 'future', id: 'b' },
      { kind: 'wrong-hash', id: 'c' },
      { kind: 'wrong-access', id: 'd' },
      { kind: 'missing', id: 'e' },
      { kind: 'wrong-reading', id: 'g' },
      { kind: 'wrong-reading', id: 'h' },
      { kind: 'extra', id: 'x' }
    ])
  })
}

export async function rebuildCases(t: Test, open: Open): Promise<void> {
  await t.test('a rebuilt index holds what the source holds, whatever it held before', async (t) => {
    const index = await open(t)
    await index.put([aDocument('gone'), aDocument('kept', { version: 1, hash: 'old' })])
    const source = [aDocument('kept', { version: 2, hash: 'new', titleTerms: ['pump'] }), aDocument('added')]
    const result = await index.rebuild(() => each(source))
    t.same(result.poisoned, [])
    t.same(await drifts(index, source), [])
    t.equal((await index.search({ terms: ['pump'], concepts: [], reader: { kind: 'staff' }, limit: 5 })).total, 1)
  })

  await t.test('while it is rebuilt, writes are kept and no search comes back empty', async (t) => {
    const index = await open(t)
    const source = new Map(Array.from({ length: 30 }, (_, n) => [`id-${n}`, aDocument(`id-${n}`, { titleTerms: ['pump'] })]))
    await index.put([...source.values()])
    let totals = 0
    let searches = 0
    const look = async () => {
      const { total } = await index.search({ terms: ['pump'], concepts: [], reader: { kind: 'staff' }, limit: 1 })
      searches += 1
      totals += total === 30 ? 1 : 0
    }
    const changed = ['id-3', 'id-25'].map((id) => aDocument(id, { version: 2, hash: 'v2', titleTerms: ['pump'] }))
    const slowly = async function* () {
      let at = 0
      for (const document of [...source.values()]) {
        at += 1
        if (at % 10 === 0) await look()
        if (at === 20) {
          for (const overtaking of changed) source.set(overtaking.id, overtaking)
          await index.put(changed)
        }
        yield document
      }
    }
    await index.rebuild(slowly)
    await look()
    t.ok(searches >= 4)
    t.equal(totals, searches, 'every search found all')
    t.same(await drifts(index, source.values()), [])
  })
}

export async function failedRebuildCases(t: Test, open: Open): Promise<void> {
  await t.test('a rebuild whose source fails leaves the index as it was', async (t) => {
    const index = await open(t)
    await index.put([aDocument('1')])
    const failing = async function* () {
      yield aDocument('2')
      throw new Error('the source failed')
    }
    await t.rejects(index.rebuild(failing), { message: 'the source failed' })
    t.same(await drifts(index, [aDocument('1')]), [])
    await index.put([aDocument('3')])
    await index.rebuild(() => each([aDocument('4')]))
    t.same(await drifts(index, [aDocument('4')]), [], 'and the next rebuild works')
  })
}
