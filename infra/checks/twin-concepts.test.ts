import { compileThesaurus, loadThesaurus, type Concept } from '@siku/thesaurus'
import t from 'tap'
import { twinConcepts } from './twin-concepts.ts'

const labels = { zh: ['泵'], en: ['pump'], fr: ['pompe'], ru: ['насос'], es: ['bomba'] }
const conceptIn = (field: string, over: Partial<Concept> = {}): Concept => ({
  id: `${field}-pump`,
  kind: 'product',
  field,
  broader: [],
  relations: [],
  labels,
  origin: { file: `${field}.tsv`, line: 1 },
  ...over
})
const shared = ['zh', 'en', 'fr', 'ru', 'es'] as const
const vocabulary = (concepts: Concept[]) => {
  const fields = [...new Set(concepts.map(({ field }) => field))].map((field) => ({ field, weight: 1, title: { en: field } }))
  const labelRules = shared.flatMap((language) => {
    const label = labels[language][0] ?? ''
    const ids = concepts.filter((concept) => concept.labels[language]?.includes(label)).map(({ id }) => id)
    return ids.length > 1 ? [{ language, label, treatment: 'senses' as const, concepts: ids, origin: { file: 'a.tsv', line: 1 } }] : []
  })
  return compileThesaurus({ version: 'twins', fields, concepts, labelRules })
}

t.test('what two fields call the same in three languages is listed, and what they call the same in two is not', async (t) => {
  const [twins] = twinConcepts(vocabulary([conceptIn('water'), conceptIn('energy')]))
  t.match(twins, { ids: ['water-pump', 'energy-pump'], fields: ['water', 'energy'], isLinked: false })
  t.same(Object.keys(twins?.same ?? {}).toSorted(), ['en', 'es', 'fr', 'ru', 'zh'])
  const other = { ...labels, zh: ['电泵'], en: ['motor pump'], fr: ['motopompe'] }
  t.same(twinConcepts(vocabulary([conceptIn('water'), conceptIn('energy', { labels: other })])), [])
  t.same(twinConcepts(vocabulary([conceptIn('water'), conceptIn('water', { id: 'well-pump' })])), [], 'within a field its editors see it')
  const linked = conceptIn('energy', { relations: [{ kind: 'relatedTo', target: 'water-pump' }] })
  t.match(twinConcepts(vocabulary([conceptIn('water'), linked])), [{ isLinked: true }])
})

t.test('the vocabulary as shipped can be looked through', async (t) => {
  const twins = twinConcepts(loadThesaurus())
  t.comment(`${twins.length} pairs, ${twins.filter(({ isLinked }) => !isLinked).length} of them without a link`)
  t.ok(twins.every(({ fields: [one, other] }) => one !== other))
})
