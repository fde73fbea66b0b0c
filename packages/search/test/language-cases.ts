import type { Test } from 'tap'
import { ask, idsOf as ids, type Open } from './asking.ts'
import { aDocument } from './documents.ts'

const texts = [
  aDocument('zh', {
    language: 'zh',
    title: '低压反渗透苦咸水淡化',
    titleTerms: ['低压', '反渗透', '苦咸水', '淡化'],
    concepts: ['water.desalination']
  }),
  aDocument('ar', {
    language: 'ar',
    title: 'تحلية المياه الجوفية',
    titleTerms: ['تحليه', 'مياه', 'جوفي'],
    concepts: ['water.desalination']
  }),
  aDocument('ru', {
    language: 'ru',
    title: 'Опреснение солоноватой воды',
    titleTerms: ['опреснен', 'солоноват', 'вод'],
    concepts: ['water.desalination']
  }),
  aDocument('rice', { language: 'zh', title: '耐盐水稻', titleTerms: ['耐盐', '水稻'], concepts: ['crop.rice'] })
]

export async function languageCases(t: Test, open: Open) {
  for (const [id, term] of [
    ['zh', '苦咸水'],
    ['ar', 'مياه'],
    ['ru', 'опреснен']
  ] as const) {
    await t.test(`a record in ${id} is found by its normal form`, async (t) => {
      const index = await open(t)
      await index.put(texts)
      t.same(ids(await ask(index, { terms: [term] })), [id])
    })
  }

  await t.test('a French query finds records in Chinese, Arabic and Russian by concept, and nothing else', async (t) => {
    const index = await open(t)
    await index.put(texts)
    const page = await ask(index, { text: 'dessalement', terms: ['dessal'], concepts: [{ id: 'water.desalination', weight: 1 }] })
    t.same(ids(page).sort(), ['ar', 'ru', 'zh'])
  })

  await t.test('word and concept together stand above either alone, a heavier concept above a lighter', async (t) => {
    const index = await open(t)
    await index.put([
      aDocument('word', { titleTerms: ['membrane'] }),
      aDocument('concept', { concepts: ['water.desalination'] }),
      aDocument('both', { titleTerms: ['membrane'], concepts: ['water.desalination'] }),
      aDocument('light', { concepts: ['water'] })
    ])
    const page = await ask(index, {
      terms: ['membrane'],
      concepts: [
        { id: 'water.desalination', weight: 1 },
        { id: 'water', weight: 0.2 }
      ]
    })
    t.equal(page.hits[0]?.id, 'both')
    t.equal(page.hits.at(-1)?.id, 'light')
    t.equal(page.total, 4)
  })
}

export async function highlightCases(t: Test, open: Open) {
  await t.test('highlights are spans of the original text in code points, those of concepts too', async (t) => {
    const index = await open(t)
    const title = '𠮷水処理：苦咸水淡化'
    const start = [...title].indexOf('苦')
    await index.put([
      aDocument('1', {
        title,
        titleTerms: ['苦咸水'],
        concepts: ['water.desalination'],
        marks: [
          { token: 'water.desalination', field: 'title', start, end: start + 5 },
          { token: 'other', field: 'title', start: 0, end: 2 }
        ]
      })
    ])
    const page = await ask(index, { terms: ['dessal'], concepts: [{ id: 'water.desalination', weight: 1 }] })
    t.same(page.hits[0]?.highlights, [{ field: 'title', start, end: start + 5 }])
    t.equal([...title].slice(start, start + 5).join(''), '苦咸水淡化')
  })

  await t.test('a record without marks is highlighted where the word stands as typed', async (t) => {
    const index = await open(t)
    await index.put([
      aDocument('1', { title: '🤖 Robot arm', more: [{ field: '/details/problem', text: 'a robot' }], titleTerms: ['robot'] })
    ])
    const page = await ask(index, { terms: ['robot'] })
    t.same(page.hits[0]?.highlights, [
      { field: 'title', start: 2, end: 7 },
      { field: '/details/problem', start: 2, end: 7 }
    ])
  })
}
