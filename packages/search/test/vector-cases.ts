import type { Test } from 'tap'
import { not, oneOf, type CandidateQuery, type DocumentVector, type MetRecords, type SearchIndex } from '../src/index.ts'
import type { Open } from './asking.ts'
import { aDocument } from './documents.ts'

const library = 'technology-reserve' as const
const everything = { kind: 'all', of: [] } as const
const vector = (values: number[], { space = 'a', stamp = '1' } = {}): DocumentVector => ({ space, stamp, values })
const nearTo = (values: number[], parts: Partial<CandidateQuery> & { space?: string; limit?: number } = {}): CandidateQuery => {
  const { space = 'a', limit = 10, ...rest } = parts
  return { lists: [], filter: everything, idsMax: 100, nearest: { space, values, limit }, ...rest }
}
const idsOf = ({ near }: MetRecords) => near.map(({ id }) => id)

async function held(index: SearchIndex, space: string, ids?: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for await (const entry of index.vectors(space, ids)) found.push(`${entry.id} ${entry.stamp}`)
  return found.sort()
}

/** An index promises who is near by the angle between vectors, of one space, of those that pass the filter. */
export async function vectorCases(t: Test, open: Open): Promise<void> {
  await t.test('the nearest are found, nearest first, of those that pass the hard filters', async (t) => {
    const index = await open(t)
    await index.put([
      aDocument('same', { vector: vector([3, 0, 0]) }),
      aDocument('near', { vector: vector([1, 0.5, 0]) }),
      aDocument('across', { vector: vector([0, 1, 0]) }),
      aDocument('opposite', { vector: vector([-1, 0, 0]) }),
      aDocument('mine', { vector: vector([1, 0, 0]), access: { ownerKey: 'asker' } }),
      aDocument('silent', { impacts: [{ token: 'c:pump', weight: 1 }], card: 'card' })
    ])
    const found = await index.candidates(nearTo([1, 0, 0], { filter: not(oneOf('access.ownerKey', ['asker'])) }))
    t.same(idsOf(found), ['same', 'near', 'across', 'opposite'], 'one without a vector is near to nothing')
    const cosines = found.near.map(({ cosine }) => cosine)
    for (const [at, cosine] of [1, 2 / Math.sqrt(5), 0, -1].entries()) t.ok(Math.abs((cosines[at] ?? 9) - cosine) < 1e-5, `${cosine}`)
    t.match(found, { met: [], ids: 4 }, 'they count as fetched')
    t.same(idsOf(await index.candidates(nearTo([1, 0, 0], { limit: 2 }))).length, 2)
    const both = await index.candidates(nearTo([0, 1, 0], { limit: 1, lists: [{ token: 'c:pump', weight: 1 }] }))
    t.same([idsOf(both), both.met.map(({ id }) => id)], [['across'], ['silent']], 'beside what lists say')
    await t.rejects(index.candidates(nearTo([1, 0, 0], { limit: 101 })), { code: 'SIKU_SEARCH_QUERY_INVALID' }, 'within the budget')
  })

  await t.test('vectors may come later, of records that are there', async (t) => {
    const index = await open(t)
    await index.put([aDocument('1'), aDocument('2'), aDocument('3')])
    t.same(await index.candidates(nearTo([1, 0])).then(idsOf), [], 'nobody has one yet')
    t.same(await held(index, 'a'), [])
    const given = await index.putVectors([
      { library, id: '1', vector: vector([1, 0], { stamp: '7' }) },
      { library, id: '2', vector: vector([0, 1], { stamp: '8' }) },
      { library, id: 'never-there', vector: vector([1, 0]) }
    ])
    t.same([given.indexed.length, given.poisoned, given.notApplied], [3, [], []])
    t.same(await held(index, 'a'), ['1 7', '2 8'])
    t.same(await held(index, 'a', ['2', '3']), ['2 8'])
    t.same(await index.candidates(nearTo([1, 0])).then(idsOf), ['1', '2'])
    t.same(await index.health(), { ok: true, documents: 3 }, 'and nobody was made up')
    await index.putVectors([{ library, id: '2', vector: vector([2, 0.1], { stamp: '9' }) }])
    t.same(await held(index, 'a'), ['1 7', '2 9'])
    await index.put([aDocument('1', { version: 2, hash: 'h2' }), aDocument('4')])
    t.same(await held(index, 'a'), ['2 9'], 'a record that is put again has the vector it brings, or none')
    await index.remove([{ library, id: '2' }])
    t.same(await index.candidates(nearTo([1, 0])).then(idsOf), [])
    t.match(await index.putVectors([]), { indexed: [] })
  })

  await t.test('vectors of another space or length are never compared', async (t) => {
    const index = await open(t)
    await index.put([aDocument('1'), aDocument('2'), aDocument('3')])
    const give = (id: string, given: DocumentVector) => index.putVectors([{ library, id, vector: given }])
    await give('1', vector([1, 0, 0]))
    await give('2', vector([1, 0, 0]))
    await give('2', vector([1, 0, 0], { space: 'b' }))
    t.same(await index.candidates(nearTo([1, 0, 0])).then(idsOf), ['1'], 'another model of the same length')
    t.same(await index.candidates(nearTo([1, 0, 0], { space: 'b' })).then(idsOf), ['2'])
    t.same(await index.candidates(nearTo([1, 0])).then(idsOf), [], 'asked with another length')

    await give('3', vector([0, 1, 0, 0, 0], { space: 'c' }))
    t.same(await index.candidates(nearTo([0, 1, 0, 0, 0], { space: 'c' })).then(idsOf), ['3'], 'another length: nothing old is near')
    await give('1', vector([0, 1, 1, 0, 0], { space: 'c' }))
    t.same(await index.candidates(nearTo([0, 1, 0, 0, 0], { space: 'c' })).then(idsOf), ['3', '1'], 'and the rest comes after')
    await index.put([aDocument('4')])
    t.equal((await index.health()).ok && (await held(index, 'c')).length, 2, 'documents without one are taken as before')
    const mixed = [
      { library, id: '1', vector: vector([1, 0, 0, 0, 0], { space: 'c' }) },
      { library, id: '2', vector: vector([1, 0], { space: 'c' }) }
    ]
    await t.rejects(index.putVectors(mixed), { code: 'SIKU_SEARCH_QUERY_INVALID' }, 'lengths are not mixed')
    t.same(await held(index, 'c'), ['1 1', '3 1'])
  })

  await t.test('a rebuild keeps the vectors, which are not in its source', async (t) => {
    const index = await open(t)
    await index.put([aDocument('1'), aDocument('2')])
    await index.putVectors([{ library, id: '1', vector: vector([1, 0], { stamp: '5' }) }])
    await index.rebuild(async function* () {
      yield aDocument('1')
      yield aDocument('2')
      yield aDocument('3')
    })
    t.same(await held(index, 'a'), ['1 5'])
    t.same(await index.candidates(nearTo([1, 0])).then(idsOf), ['1'])
    await index.putVectors([{ library, id: '3', vector: vector([1, 1], { stamp: '6' }) }])
    t.same(await index.candidates(nearTo([1, 0])).then(idsOf), ['1', '3'])
  })
}
