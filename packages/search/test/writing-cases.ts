import type { Test } from 'tap'
import { ask, idsOf as ids, type Open } from './asking.ts'
import { aDocument } from './documents.ts'

export async function writingCases(t: Test, open: Open) {
  await t.test('a later version takes the place of the earlier, a removal leaves nothing', async (t) => {
    const index = await open(t)
    await index.put([aDocument('1', { titleTerms: ['pump'], concepts: ['old'] })])
    const written = await index.put([
      aDocument('1', { version: 2, hash: 'h2', titleTerms: ['valve'], concepts: ['new'] }),
      aDocument('2', { titleTerms: ['valve'] })
    ])
    t.same(written, {
      indexed: [
        { library: 'technology-reserve', id: '1', version: 2 },
        { library: 'technology-reserve', id: '2', version: 1 }
      ],
      poisoned: [],
      notApplied: []
    })
    t.same(ids(await ask(index, { terms: ['pump'] })), [])
    t.same(ids(await ask(index, { concepts: [{ id: 'old', weight: 1 }] })), [])
    t.same(ids(await ask(index, { terms: ['valve'] })), ['1', '2'])
    await index.remove([
      { library: 'technology-reserve', id: '1' },
      { library: 'technology-reserve', id: 'never-there' }
    ])
    t.same(ids(await ask(index, { terms: ['valve'] })), ['2'])
    t.same(await index.put([]), { indexed: [], poisoned: [], notApplied: [] })
    t.same(await index.health(), { ok: true, documents: 1 })
    await index.clear()
    t.equal((await ask(index, {})).total, 0)
  })

  await t.test('the same id in two libraries is two records', async (t) => {
    const index = await open(t)
    await index.put([aDocument('1'), aDocument('1', { library: 'project-results' })])
    t.equal((await ask(index, {})).total, 2)
    const libraries: string[] = []
    for await (const { library } of index.truth(['project-results'])) libraries.push(library)
    t.same(libraries, ['project-results'])
    await index.remove([{ library: 'project-results', id: '1' }])
    t.same(
      (await ask(index, {})).hits.map(({ library }) => library),
      ['technology-reserve']
    )
  })
}

export async function positionCases(t: Test, open: Open) {
  await t.test('who needs a place in the feed waits for it, or is told that it is not reached', async (t) => {
    const index = await open(t)
    await index.put([aDocument('1', { position: 7 })])
    t.equal(await index.position('technology-reserve'), 7)
    t.equal(await index.position('project-results'), 0)
    await index.waitFor('technology-reserve', 7, 1_000)
    await t.rejects(index.waitFor('technology-reserve', 8, 50), { code: 'SIKU_SEARCH_BEHIND', statusCode: 503 })
    const waiting = index.waitFor('technology-reserve', 9, 5_000)
    await index.put([aDocument('2', { position: 9 })])
    await waiting
    t.same(ids(await ask(index, { filters: { ids: ['2'] } })), ['2'])
  })
}
