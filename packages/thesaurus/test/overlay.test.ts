import t from 'tap'
import {
  annotate,
  compileEdition,
  faultsOfChange,
  findConcept,
  isSameEpoch,
  keepWhatHolds,
  loadThesaurus,
  reachBetween,
  type OverlayChange
} from '../src/index.ts'

const shipped = loadThesaurus()
const edition = (...changes: OverlayChange[]) => compileEdition(shipped, { number: 1, changes })
const read = (thesaurus: typeof shipped, text: string, language = 'en') =>
  annotate(thesaurus, { language, fields: [{ field: 'title', text, weight: 1 }] })
const label: OverlayChange = { kind: 'add-label', concept: 'reverse-osmosis', language: 'en', label: 'hyperfiltration sieve' }
const lantern: OverlayChange = {
  kind: 'add-concept',
  concept: {
    id: 'zorbium-lantern',
    kind: 'product',
    field: 'energy',
    broader: [],
    relations: [{ kind: 'addresses', target: 'saline-groundwater' }],
    labels: { zh: ['佐比灯笼'], en: ['zorbium lantern'], fr: ['lanterne au zorbium'], ru: ['зорбиевый фонарь'], ar: ['فانوس الزوربيوم'] }
  }
}

t.test('an edition has a number and a hash of its content, the same wherever it is compiled', async (t) => {
  const one = edition(label)
  t.match(one.edition, new RegExp(`^${shipped.version}\\.1-[0-9a-f]{12}$`))
  t.equal(compileEdition(loadThesaurus(), { number: 1, changes: [label] }).edition, one.edition)
  t.not(edition({ ...label, label: 'sieve of hyperfiltration' }).edition, one.edition)
  t.ok(isSameEpoch(shipped, one))
})

t.test('a new label and a new concept are found as shipped ones are, inflected and in every language', async (t) => {
  const thesaurus = edition(label, lantern)
  t.equal(read(thesaurus, 'We need hyperfiltration sieves').concepts[0]?.id, 'reverse-osmosis')
  t.equal(read(thesaurus, 'зорбиевыми фонарями', 'ru').concepts[0]?.id, 'zorbium-lantern')
  t.equal(read(thesaurus, '采购佐比灯笼', 'zh').concepts[0]?.id, 'zorbium-lantern')
  t.notOk(read(shipped, '采购佐比灯笼', 'zh').concepts.some(({ id }) => id === 'zorbium-lantern'))
})

t.test('statistics stay those of the shipped files until the next: no other score is moved', async (t) => {
  const thesaurus = edition(label, lantern)
  t.same(
    shipped.conceptIds.filter(
      (id) => thesaurus.information[thesaurus.positions.get(id) ?? -1] !== shipped.information[shipped.positions.get(id) ?? -1]
    ),
    []
  )
  const own = thesaurus.information[thesaurus.positions.get('zorbium-lantern') ?? -1] ?? 0
  t.equal(own, shipped.information.toSorted()[shipped.information.length >> 1], 'a new concept says as much as the middle one')
  for (const text of ['Wells turn salty in summer', 'Bearings for wind turbines wear out', 'cold chain for mangoes'])
    t.same(read(thesaurus, text).topics, read(shipped, text).topics)
})

t.test('a label that ends, a relation that ends and a concept that ends leave nothing dangling', async (t) => {
  const first = findConcept(shipped, 'reverse-osmosis')?.labels.en?.[0] ?? ''
  const without = edition({ kind: 'remove-label', concept: 'reverse-osmosis', language: 'en', label: first })
  t.notOk(findConcept(without, 'reverse-osmosis')?.labels.en?.includes(first))
  const retired = edition({ kind: 'retire-concept', concept: 'reverse-osmosis' })
  t.notOk(
    retired.concepts.some(({ broader, relations }) => [...broader, ...relations.map(({ target }) => target)].includes('reverse-osmosis'))
  )
  t.notOk(retired.labelRules.some(({ concepts }) => concepts.includes('reverse-osmosis')))
  // Every concept of the files can be retired alone and the rest holds together.
  for (const { concepts } of shipped.labelRules.slice(0, 3))
    for (const id of concepts) t.same(faultsOfChange(shipped, [], { kind: 'retire-concept', concept: id }), [], id)
})

t.test('a change reaches those who say a label that came or went, or carry a concept that is another now', async (t) => {
  const reach = reachBetween(shipped, edition(label, lantern))
  t.same(reach.concepts, ['reverse-osmosis', 'zorbium-lantern'])
  const meets = (text: string, language: string) => reach.meets({ language, fields: [{ field: 'title', text, weight: 1 }] })
  t.ok(
    meets('two hyperfiltration sieves', 'en') &&
      meets('佐比灯笼', 'zh') &&
      meets('зорбиевым фонарём', 'ru') &&
      meets('للفانوس الزوربيوم', 'ar')
  )
  t.notOk(meets('a sieve', 'en') || meets('灯笼', 'zh') || meets('фонарь', 'ru') || meets('', 'en'))
  t.same(reachBetween(shipped, shipped).concepts, [])
})

t.test('of an overlay on other files what holds is kept, in order, and the rest is told', async (t) => {
  const { kept, dropped } = keepWhatHolds(shipped, [label, { ...label }, lantern])
  t.same(kept, [label, lantern])
  t.match(dropped, [{ change: label, faults: [{ about: 'label' }] }])
})
