import { languages } from '@siku/contracts'
import { loadThesaurus } from '@siku/thesaurus'
import t from 'tap'
import {
  candidateFloor,
  checkWeights,
  createPostings,
  createSpace,
  embeddedText,
  matchAll,
  meaningSimilarity,
  meaningVector,
  readWeights,
  referenceTexts,
  renderExplanation,
  scorePair,
  spaceIdOf,
  type MatchSide,
  type Meaning,
  type Weights
} from '../src/index.ts'
import { demandOf, denseMarket, sequence, technologyOf } from './support.ts'

const thesaurus = loadThesaurus()
const weights = readWeights()
const dimensions = 12
const today = '2027-01-31'

const unit = (values: readonly number[]): Float32Array => {
  const length = Math.hypot(...values)
  return Float32Array.from(values, (value) => value / length)
}
/** A direction of its own for each number, with some noise. */
const direction = (at: number, noise: (below: number) => number, strength = 0.3): Float32Array =>
  unit(Array.from({ length: dimensions }, (_, place) => (place === at % dimensions ? 1 : 0) + (strength * (noise(1000) - 500)) / 500))

function spaceOf(id: string, used: Weights = weights) {
  const noise = sequence(7)
  const side = (name: 'demand' | 'technology') =>
    Array.from({ length: 60 }, (_, at) => meaningVector(name, { query: direction(at, noise), passage: direction(at, noise) }))
  return createSpace(id, { demand: side('demand'), technology: side('technology') }, used)
}
const space = spaceOf('one 12 none')

function meaningOf(side: 'demand' | 'technology', vector: Float32Array, of = space): Meaning {
  const both = meaningVector(side, { query: vector, passage: vector })
  return { space: of, vector: both, nearness: of.nearnessOf(side, both) }
}
const noNoise = () => 500
const at = (place: number) => direction(place, noNoise)

t.test('Texts that mean the same are similar, others are not, and whatever is near to everything is corrected for it', async (t) => {
  const similarity = (a: Float32Array, b: Float32Array) =>
    meaningSimilarity(meaningOf('demand', a), meaningOf('technology', b), weights) ?? -1
  t.ok(similarity(at(1), at(1)) > 0.9)
  t.ok(similarity(at(1), at(2)) < 0.5)
  const hub = unit(Array.from({ length: dimensions }, () => 1))
  const half = unit([...at(1)].map((value, place) => value + (place === 2 ? 1 : 0)))
  t.ok(meaningOf('technology', hub).nearness > meaningOf('technology', half).nearness)
  const needs = [1, 3, 4, 5, 6, 7].map(at)
  const first = needs.map((need) => similarity(need, hub))
  t.ok(Math.max(...first) < similarity(at(1), half), 'a hub is no better than what is half about it')
})

t.test('Of the nearness of a record its share is taken off, and vectors measured by other shares are not compared', async (t) => {
  const { hubness: _hubness, ...whole } = weights.embedding
  const before = { ...weights, embedding: whole }
  const vector = meaningVector('technology', { query: at(1), passage: at(1) })
  const taken = (used: Weights) => spaceOf('one', used).nearnessOf('technology', vector)
  t.ok(Math.abs(taken(weights) - taken(before) * (weights.embedding.hubness?.technology ?? 1)) < 1e-9)
  t.not(spaceIdOf('model', weights), spaceIdOf('model', before))
})

t.test('Vectors of two models are never compared', async (t) => {
  const other = spaceOf('two 12 none')
  t.equal(meaningSimilarity(meaningOf('demand', at(1)), meaningOf('technology', at(1), other), weights), undefined)
  t.equal(meaningSimilarity(meaningOf('demand', at(1)), undefined, weights), undefined)
  t.equal(meaningSimilarity(undefined, meaningOf('technology', at(1)), weights), undefined)
})

const need = demandOf(thesaurus, 'brackish water desalination')
const offer = technologyOf(thesaurus, 'reverse osmosis desalination of brackish water')

t.test('Where a vector is missing, meaning neither adds nor takes, and does not speak against the pair', async (t) => {
  const { contributions, against } = scorePair({ ...need, meaning: meaningOf('demand', at(1)) }, offer, thesaurus, weights)
  const of = (feature: string) => contributions.find((line) => line.feature === feature)?.contributionMillionths ?? Number.NaN
  t.equal(of('embedding') + of('embedding-missing'), 0)
  t.not(against?.feature, 'embedding')
  t.not(against?.feature, 'embedding-missing')
})

t.test('Similarity in meaning is explained in seven languages with its share, and so is its absence', async (t) => {
  const near = scorePair(
    { ...need, meaning: meaningOf('demand', at(1)) },
    { ...offer, meaning: meaningOf('technology', at(1)) },
    thesaurus,
    weights
  )
  const sum = near.contributions.reduce((total, { contributionMillionths }) => total + contributionMillionths, 0)
  t.equal(sum, near.logOddsMillionths)
  const positive = near.contributions.filter(({ contributionMillionths: own }) => own > 0)
  const own = positive.find(({ feature }) => feature === 'embedding')?.contributionMillionths ?? 0
  const share = Math.round((own / positive.reduce((total, { contributionMillionths }) => total + contributionMillionths, 0)) * 100)
  const sentences = languages.map((language) => {
    const { reasons } = renderExplanation(near, language, thesaurus)
    const said = reasons.filter((reason) => new RegExp(`${share}[\\s\\u00a0\\u202f\\u200e]*[%٪]`).test(reason))
    t.equal(said.length, 1, `${language} tells the share`)
    return said[0]
  })
  t.equal(new Set(sentences).size, languages.length)
  const far = scorePair(
    { ...need, meaning: meaningOf('demand', at(1)) },
    { ...offer, meaning: meaningOf('technology', unit([...at(1)].map((value) => -value))) },
    thesaurus,
    { ...weights, version: 'loud', features: { ...weights.features, embedding: { weight: 40, baseline: 0.6 } } }
  )
  t.equal(far.against?.feature, 'embedding')
  t.equal(new Set(languages.map((language) => renderExplanation(far, language, thesaurus).against)).size, languages.length)
})

t.test('Meaning weighs heavily or lightly: no pair above the threshold is lost among the candidates', async (t) => {
  const variants: [weight: number, baseline: number, candidateMin: number][] = [
    [4, 0.6, 0.6],
    [20, 0.6, 0.55],
    [6, 0.45, 0.5],
    [-2, 0.5, 0.9]
  ]
  for (const [weight, baseline, candidateMin] of variants) {
    const used: Weights = {
      ...weights,
      version: `meaning-${weight}-${baseline}`,
      thresholdMillionths: 320_000,
      features: { ...weights.features, embedding: { weight, baseline }, 'embedding-missing': { weight: weight * baseline, baseline: 0 } },
      embedding: { ...weights.embedding, candidateMin }
    }
    checkWeights(used)
    const market = withMeanings(denseMarket(thesaurus, { seed: 5, demands: 40, technologies: 120 }))
    const found = new Set<string>()
    const postings = createPostings(thesaurus, used)
    for (const technology of market.technologies) postings.put('technology', technology)
    const floor = candidateFloor(used)
    for (const demand of market.demands)
      for (const { id, candidateScore, similarity } of postings.candidates('demand', demand, Infinity).found)
        if (candidateScore >= floor || similarity !== undefined) found.add(`${demand.id} ${id}`)
    const exact = matchAll(market.demands, market.technologies, { thesaurus, weights: used, today })
    t.ok(exact.length > 0)
    t.same(
      exact
        .filter(({ demand, technology }) => !found.has(`${demand.id} ${technology.id}`))
        .map(({ demand, technology }) => [demand.id, technology.id]),
      [],
      `weight ${weight}, baseline ${baseline}`
    )
  }
})

/** Most records with a vector, some without. */
function withMeanings(market: { demands: MatchSide[]; technologies: MatchSide[] }) {
  const next = sequence(11)
  const give = (side: 'demand' | 'technology') => (record: MatchSide) =>
    next(5) === 0 ? record : { ...record, meaning: meaningOf(side, direction(next(dimensions), next, 0.5)) }
  return { demands: market.demands.map(give('demand')), technologies: market.technologies.map(give('technology')) }
}

t.test('Weights that would lose pairs or read vectors wrongly are refused', async (t) => {
  const broken = (embedding: Partial<Weights['embedding']>) => () =>
    checkWeights({ ...weights, embedding: { ...weights.embedding, ...embedding } })
  t.throws(broken({ neighbours: 0 }), { code: 'SIKU_MATCHER_WEIGHTS_INVALID', message: /embedding\.neighbours/ })
  t.throws(broken({ alike: -3 }), { message: /embedding\.alike/ })
  t.throws(broken({ candidateMin: 0 }), { message: /embedding\.candidateMin/ })
  t.throws(broken({ hubness: { demand: 1, technology: 1.5 } }), { message: /embedding\.hubness\.technology is 1\.5/ })
  const loud = { ...weights, features: { ...weights.features, embedding: { weight: 60, baseline: 0.1 } } }
  t.throws(() => checkWeights(loud), { message: /whose texts are not near, could reach the threshold/ })
})

t.test('The reference texts are of both sides and in all languages', async (t) => {
  const { demand, technology, hash } = referenceTexts()
  t.equal(demand.length, technology.length)
  t.ok(demand.length >= weights.embedding.neighbours * 3)
  t.match(hash, /^[0-9a-f]{8}$/)
  for (const script of [/\p{Script=Han}/u, /\p{Script=Cyrillic}/u, /\p{Script=Arabic}/u, /\p{Script=Latin}/u])
    for (const side of [demand, technology]) t.ok(side.some((text) => script.test(text)))
})

t.test('A model reads the title, the keywords, the summary and the beginning of the body, and never half a character', async (t) => {
  const text = embeddedText({
    title: 'Title',
    keywords: ['a', 'b'],
    summary: '',
    description: `x${'🌍'.repeat(400)}`,
    more: [{ field: '/x', text: 'more' }]
  })
  t.ok(text.startsWith('Title\na, b\nx🌍'))
  t.ok(text.isWellFormed())
  t.ok(text.length <= 1500)
  t.notMatch(text, /more/)
})
