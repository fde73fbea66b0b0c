import type { Test } from 'tap'
import { ask, idsOf as ids, type Open } from './asking.ts'
import { aDocument } from './documents.ts'
import type { SearchQuery } from '../src/index.ts'

const records = [
  aDocument('1', {
    titleTerms: ['pump'],
    facets: { sectors: ['energy', 'water'], stage: 'mature', targetCountries: ['KZ'] },
    changedAt: '2026-01-03T00:00:00.000Z'
  }),
  aDocument('2', {
    titleTerms: ['pump'],
    facets: { sectors: ['water'], stage: 'early', country: 'KZ' },
    changedAt: '2026-01-01T00:00:00.000Z',
    access: { validUntil: 100, openForInterest: false }
  }),
  aDocument('3', {
    library: 'cooperation-demand',
    titleTerms: ['pump'],
    facets: { sectors: ['energy'], recordType: 'TR', seeks: 'technology' },
    changedAt: '2026-01-02T00:00:00.000Z',
    access: { validUntil: 200 }
  }),
  aDocument('4', { titleTerms: ['valve'], facets: { sectors: ['energy'] }, changedAt: '2026-01-02T00:00:00.000Z' })
]

export async function filterCases(t: Test, open: Open) {
  await t.test('filters narrow each other, their codes are alternatives', async (t) => {
    const index = await open(t)
    await index.put(records)
    const found = async (filters: SearchQuery['filters']) => ids(await ask(index, { terms: ['pump'], filters })).sort()
    t.same(await found({ sectors: ['energy'] }), ['1', '3'])
    t.same(await found({ sectors: ['energy', 'water'], library: ['technology-reserve'] }), ['1', '2'])
    t.same(await found({ stage: ['early'], country: ['KZ'] }), ['2'])
    t.same(await found({ targetCountries: ['KZ'] }), ['1'])
    t.same(await found({ seeks: ['technology'] }), ['3'])
    t.same(await found({ ids: ['1', '4'] }), ['1'])
    t.same(await found({ openForInterest: false }), ['2'])
    t.same(await found({ validOn: 100 }), ['1', '2', '3'])
    t.same(await found({ validOn: 101 }), ['1', '3'])
    t.same(await found({ sectors: [] }), [])
    t.same(await found({ stage: ['x" OR "id" IN ["1'] }), [])
    t.same(await found({ stage: ['\\', '"', '\\"', 'a'.repeat(1_000)] }), [])
  })

  await t.test('facets count what was found, most frequent first', async (t) => {
    const index = await open(t)
    await index.put(records)
    const words = await ask(index, { terms: ['pump'], facets: ['sectors', 'library', 'stage', 'district'], limit: 1 })
    t.same(words.facets, {
      sectors: [
        { value: 'energy', count: 2 },
        { value: 'water', count: 2 }
      ],
      library: [
        { value: 'technology-reserve', count: 2 },
        { value: 'cooperation-demand', count: 1 }
      ],
      stage: [
        { value: 'early', count: 1 },
        { value: 'mature', count: 1 }
      ],
      district: []
    })
    const all = await ask(index, { facets: ['sectors'], limit: 0 })
    t.same(all.facets, {
      sectors: [
        { value: 'energy', count: 3 },
        { value: 'water', count: 2 }
      ]
    })
    t.equal(all.total, 4)
  })
}

export async function orderCases(t: Test, open: Open) {
  await t.test('without a question the newest come first; of equals the smaller id', async (t) => {
    const index = await open(t)
    await index.put(records)
    t.same(ids(await ask(index, {})), ['1', '3', '4', '2'])
    t.same(ids(await ask(index, { terms: ['pump'], sort: 'newest' })), ['1', '3', '2'])
    t.same(ids(await ask(index, { terms: ['pump'], filters: { library: ['technology-reserve'] } })), ['1', '2'])
  })

  await t.test('pages follow each other without gap or overlap, and end at the depth', async (t) => {
    const index = await open(t)
    const many = Array.from({ length: 25 }, (_, n) => aDocument(`id-${String(n).padStart(2, '0')}`, { titleTerms: ['pump'] }))
    await index.put(many.toReversed())
    for (const terms of [[], ['pump']]) {
      const pages = await Promise.all([0, 10, 20, 30].map((offset) => ask(index, { terms, offset, limit: 10 })))
      t.same(
        pages.flatMap(ids),
        many.map(({ id }) => id)
      )
      t.same(
        pages.map(({ total }) => total),
        [25, 25, 25, 25]
      )
    }
    await t.rejects(ask(index, { offset: 990, limit: 11 }), { code: 'SIKU_SEARCH_QUERY_INVALID' })
    await t.rejects(ask(index, { limit: -1 }), { code: 'SIKU_SEARCH_QUERY_INVALID' })
    await t.rejects(ask(index, { limit: 1, offset: 0.5 }), { code: 'SIKU_SEARCH_QUERY_INVALID' })
  })
}
