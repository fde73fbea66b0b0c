import { readWeights, scoreFacts, type MatchSide } from '@siku/matcher'
import { loadThesaurus } from '@siku/thesaurus'
import t from 'tap'
import { ablate, type Engine } from '../eval/ablations.ts'
import type { BagOf } from '../eval/bags.ts'
import { bm25, tfIdf } from '../eval/baselines.ts'
import { bootstrap, bootstrapMean, mean } from '../eval/bootstrap.ts'
import { averagePrecision, ndcg, recall } from '../eval/metrics.ts'
import { isHeldOut } from '../eval/themes.ts'
import { asLines, collection, demands, evaluate, naming, removeFolder, siku } from './support/eval-collection.ts'

t.teardown(removeFolder)

t.test('Rankings are measured as the literature defines it', async (t) => {
  const grades = new Map([
    ['a', 3],
    ['b', 2],
    ['c', 1]
  ])
  const ranking = (...ids: string[]) => ids.map((id, at) => ({ id, score: 1 - at / 10 }))
  const near = (found: number, wanted: number) => t.ok(Math.abs(found - wanted) < 1e-9, `${found} is ${wanted}`)
  near(ndcg(ranking('a', 'b', 'c'), grades, 10), 1)
  near(ndcg(ranking('b', 'x', 'a'), grades, 10), (3 + 7 / 2) / (7 + 3 / Math.log2(3) + 1 / 2))
  near(ndcg(ranking('x', 'a', 'b', 'c'), grades, 1), 0)
  near(recall(ranking('a', 'c', 'b'), grades, 2), 1 / 2)
  near(averagePrecision(ranking('c', 'a', 'b'), grades), (1 / 2 + 2 / 3) / 2)
  near(averagePrecision(ranking('b'), grades), 1 / 2)
})

t.test('Intervals are the same at every run, hold their value, and shrink to it where nothing varies', async (t) => {
  const values = [0.1, 0.9, 0.4, 0.7, 0.2, 0.8]
  const first = bootstrap(values, mean)
  t.same(bootstrap(values, mean), first)
  t.ok(first && first.low < first.value && first.value < first.high)
  t.same(bootstrap([0.5, 0.5, 0.5], mean), { value: 0.5, low: 0.5, high: 0.5 })
  t.same(bootstrapMean(values), first)
  t.equal(bootstrap([], mean), null)
  t.equal(bootstrapMean([]), null)
})

t.test('Baselines rank by rare shared terms, and a text that shares none is not ranked', async (t) => {
  const bagOf: BagOf = ({ id }) => new Map(Object.entries(bags[id] ?? {}))
  const bags: Record<string, Record<string, number>> = {
    one: { water: 1, solar: 1 },
    two: { water: 3 },
    three: { rail: 1 },
    four: { water: 1, wind: 1 },
    need: { solar: 1, water: 1 }
  }
  const side = (id: string, sourceLanguage = 'zh') => ({ id, text: { sourceLanguage } }) as MatchSide
  const technologies = ['one', 'two', 'three', 'four'].map((id) => side(id))
  for (const baseline of [bm25(technologies, { bagOf }), tfIdf(technologies, { bagOf })]) {
    const ids = baseline(side('need')).map(({ id }) => id)
    t.equal(ids[0], 'one')
    t.same(ids.toSorted(), ['four', 'one', 'two'])
  }
  const [found] = bm25(technologies, { bagOf })(side('need'))
  const idf = (seen: number) => Math.log(1 + (4 - seen + 0.5) / (seen + 0.5))
  const damped = 1.2 * (1 - 0.75 + (0.75 * 2) / 2)
  t.ok(Math.abs((found?.score ?? 0) - (idf(1) + idf(3)) * (2.2 / (1 + damped))) < 1e-9, 'as Robertson and Zaragoza have it')
  const asked: BagOf = () => new Map([['rail', 1]])
  t.same(
    bm25(technologies, { bagOf, asked })(side('need')).map(({ id }) => id),
    ['three'],
    'a need may be asked in other words than its own'
  )
  const mixed = [side('one'), side('two', 'en'), side('four', 'en')]
  const alone = bm25(mixed, { bagOf })(side('need')).find(({ id }) => id === 'one')
  t.same(alone, bm25([side('one')], { bagOf })(side('need'))[0], 'each language has statistics of its own')
})

t.test('Held-out themes are chosen by the hash of their names, and needs can be taken by theme', async (t) => {
  const known = ['agri', 'cities', 'energy', 'health', 'ict', 'manufacturing', 'materials', 'space-mobility', 'water']
  t.same(known.filter(isHeldOut), ['agri', 'manufacturing', 'water'])
  const place = collection('themes', {
    demands: asLines([...demands, { id: 'trains', lang: 'en', theme: 'cities', title: 'Train control' }])
  })
  const needsOf = async (...args: string[]) => Object.keys((await evaluate(place, ...args)).report.byTheme)
  t.same(await needsOf(), ['agri', 'cities', 'water'])
  t.same(await needsOf('--themes', 'water, cities'), ['cities', 'water'])
  t.same(await needsOf('--without-themes', 'held-out'), ['cities'])
  t.same(await needsOf('--themes', 'held-out', '--without-themes', 'agri'), ['water'])
  t.match((await siku('eval', place, '--without-themes', 'held-out')).out, /Themes held out .* left out here: agri, water/)
  t.match((await siku('eval', place)).out, /measured here too: agri, water/)
  t.match(await siku('eval', place, '--themes', 'rail'), { code: 1, said: /There is no theme 'rail'; the themes are agri, cities, water/ })
  t.match(await siku('eval', place, '--themes', 'cities', '--without-themes', 'cities'), { code: 1, said: /No need is left/ })
})

t.test('Parts of the engine are taken away to see what they are worth', async (t) => {
  const place = collection('ablations', {})
  const { report } = await evaluate(place, '--ablations')
  const ndcgOf = (name: string) => report.all.systems[name]?.ndcg10.value ?? NaN
  t.equal(ndcgOf('siku'), 1)
  t.equal(ndcgOf('concepts-only'), 1, 'these needs are carried by concepts')
  t.ok(ndcgOf('words-only') < 1, 'and not by their words')
  t.same(Object.keys(report.all.ahead).slice(-5), ['no-relations', 'no-quantities', 'no-topics', 'words-only', 'concepts-only'])
  t.ok(ndcgOf('expanded-bm25') > ndcgOf('words-bm25'), 'with our labels words cross languages')
  const { report: one } = await evaluate(place, '--ablation', 'no-topics')
  t.same(Object.keys(one.all.ahead).slice(-2), ['concepts-tfidf', 'no-topics'])
  t.match(await siku('eval', place, '--ablation', 'no-luck'), { code: 2, said: /takes one of no-relations, .*'no-luck' is none/ })
})

t.test('Without relations a method does not meet the problem it solves', async (t) => {
  const thesaurus = loadThesaurus()
  const weights = readWeights()
  const { id, target } = thesaurus.concepts.flatMap((concept) => {
    const relation = concept.relations.find(({ kind }) => kind === 'addresses')
    return relation ? [{ id: concept.id, target: relation.target }] : []
  })[0] ?? { id: '', target: '' }
  const near = (engine: Engine) =>
    scoreFacts(naming('need', target, engine), naming('offer', id, engine), engine.thesaurus, engine.weights).values[0] ?? 0
  t.ok(near({ thesaurus, weights, read: (side) => side }) > 0)
  t.equal(near(ablate('no-relations', { thesaurus, weights })), 0)
})

t.test('Records that say too little in concepts are counted by language and listed', async (t) => {
  const place = collection('coverage', { demands: asLines([...demands, { id: 'vague', lang: 'en', title: 'We need help' }]) })
  const { report } = await evaluate(place)
  t.equal(report.coverage.byLanguage.en?.records, 2)
  t.equal(report.coverage.byLanguage.zh?.records, 3)
  t.match(report.coverage.lacking[0], { id: 'vague', language: 'en', specific: 0 })
  t.match((await siku('eval', place)).out, /at least 3 specific concepts.*Fewer have: vague \(en, 0\)/s)
})
