import t from 'tap'
import { annotate, gloss, loadThesaurus, quantityLabel, type Annotation } from '../src/index.ts'

const thesaurus = loadThesaurus()
const cut = (text: string, { start, end }: { start: number; end: number }) => [...text].slice(start, end).join('')

t.test('a foreign text carries the reader’s label over each concept and figure it names', async (t) => {
  const fields = [
    { field: 'title', text: '光伏驱动的反渗透苦咸水淡化装置', weight: 3 },
    { field: 'summary', text: '日产水20至30立方米，进水含盐量不高于9 g/L。', weight: 2 }
  ]
  const annotation = annotate(thesaurus, { language: 'zh-Hans', fields })
  const segments = gloss(thesaurus, annotation, fields, 'ru')
  const osmosis = segments.find(({ conceptId }) => conceptId === 'reverse-osmosis')
  t.equal(osmosis && cut(fields[0]?.text ?? '', osmosis), '反渗透')
  t.match(osmosis?.label, /осмос/i, 'in the language of the reader')
  const figure = segments.find(({ quantity }) => quantity?.unit === 'g/L')
  t.match(figure, { field: 'summary', label: '≤ 9 g/L', conceptId: null })

  for (const [index, segment] of segments.entries()) {
    const next = segments[index + 1]
    if (next?.field === segment.field) t.ok(segment.end <= next.start, 'segments of a field rise and do not overlap')
  }
  t.same([...new Set(segments.map(({ field }) => field))], ['title', 'summary'], 'in the order of the fields')
})

t.test('of two readings that overlap the longer stands, and what lies outside the text is left out', async (t) => {
  const spans = (start: number, end: number) => [{ field: 'title', start, end }]
  const annotation: Annotation = {
    language: 'zh',
    edition: thesaurus.edition,
    concepts: [
      { id: 'desalination', weight: 1, spans: spans(2, 4) },
      { id: 'brackish-desalination', weight: 0.5, spans: spans(0, 4) },
      { id: 'reverse-osmosis', weight: 0.5, spans: spans(3, 40) },
      { id: 'no-such-concept', weight: 1, spans: spans(5, 6) }
    ],
    topics: [],
    terms: [],
    quantities: [{ value: 3, valueMax: null, operator: '=', unit: 'kW', dimension: 'power', span: { field: 'title', start: 4, end: 6 } }]
  }
  const segments = gloss(thesaurus, annotation, [{ field: 'title', text: '苦咸淡化3千' }], 'en')
  t.same(
    segments.map(({ conceptId, start, end }) => [conceptId, start, end]),
    [
      ['brackish-desalination', 0, 4],
      [null, 4, 6]
    ]
  )
  t.same(gloss(thesaurus, annotation, [], 'en'), [], 'no text, no gloss')
})

t.test('places are code points, so characters beyond the basic plane do not shift them', async (t) => {
  const text = '𠮷😀 reverse osmosis'
  const fields = [{ field: 'title', text, weight: 1 }]
  const [segment] = gloss(thesaurus, annotate(thesaurus, { language: 'en', fields }), fields, 'zh')
  t.equal(segment && cut(text, segment), 'reverse osmosis')
})

t.test('a figure is written as its reader writes figures', async (t) => {
  const quantity = { value: 1200.5, valueMax: null, operator: '>=', unit: 'm3/d' } as const
  t.equal(quantityLabel(quantity, 'en'), '≥ 1,200.5 m³/d')
  t.equal(quantityLabel(quantity, 'ru').replaceAll(/\s/g, ' '), '≥ 1 200,5 m³/d')
  t.equal(quantityLabel({ ...quantity, valueMax: 3000 }, 'pt').includes('–3.000'), true)
  t.equal(quantityLabel({ ...quantity, operator: '=' }, 'ar'), '1,200.5 m³/d', 'in digits that the original has too')
})
