import { loadThesaurus } from '@siku/thesaurus'
import t from 'tap'
import { checkWeights, featureNames, matchAll, readWeights, scoreFacts, scorePair, type FeatureName, type MatchSide } from '../src/index.ts'
import { sharedTerms, termOverlap } from '../src/term-overlap.ts'
import { demandOf, sequence, technologyOf } from './support.ts'

const thesaurus = loadThesaurus()
const weights = readWeights()
const draw = sequence(21)
/** From the high bits: the low ones of a linear sequence take turns. */
const next = (below: number) => Math.floor((draw(2 ** 26) / 2 ** 26) * below)
const pick = <T>(list: readonly T[]): T => list[next(list.length)] as T

const words =
  'solar pump; drip irrigation; brackish water; 200–1,200 kW wind turbine; at least 500 m3/d; cold storage; XJ-200; violet gadget; biogas plant'.split(
    '; '
  )
const some = () => Array.from({ length: 1 + next(4) }, () => pick(words)).join(', ')
const modes = ['supply', 'joint-lab', 'licence']

function randomDemand(at: number): MatchSide {
  const criteria = [
    { kind: 'must' as const, text: 'solar pump' },
    { kind: 'not' as const, text: 'no diesel generator' },
    { kind: 'nice' as const, text: '', parameter: 'rated power', operator: 'gte' as const, value: 500, unit: 'kW' }
  ]
  return demandOf(thesaurus, some(), {
    id: `d${at}`,
    organisationKey: `d${at}`,
    country: pick(['KE', 'BR', null]),
    text: {
      stage: pick(['on-market', null]),
      sectors: next(2) ? ['health'] : [],
      cooperationModes: [pick(modes)],
      criteria: criteria.slice(next(4))
    }
  })
}

function randomTechnology(at: number): MatchSide {
  const performance = [{ parameter: pick(['rated power', 'power']), value: pick([0.2, 1.2]), unit: 'MW' }]
  return technologyOf(thesaurus, `${some()}${next(3) ? '' : ', diesel generator'}`, {
    id: `t${at}`,
    organisationKey: `t${at}`,
    text: {
      stage: pick(['concept', 'on-market', null]),
      sectors: ['health'],
      cooperationModes: [pick(modes)],
      targetCountries: pick([['KE'], []]),
      performance: next(2) ? performance : []
    }
  })
}

/** Most records have a vector. */
const withMeaning = (record: MatchSide, at: number): MatchSide =>
  at % 5 === 0
    ? record
    : { ...record, meaning: { space: { id: 'test', centre: 0, deviation: 0.5 }, vector: Float32Array.of(1, (at % 7) / 7), nearness: 0.5 } }
const demands = Array.from({ length: 25 }, (_, at) => withMeaning(randomDemand(at), at))
const technologies = Array.from({ length: 25 }, (_, at) => withMeaning(randomTechnology(at), at))

t.test('the cheap score is the explained one, whichever side stays and in any order', async (t) => {
  const score = (demand: MatchSide, technology: MatchSide) => scoreFacts(demand, technology, thesaurus, weights)
  const seen = new Set<string>()
  const check = (demand: MatchSide, technology: MatchSide) => {
    const { scoreMillionths, logOddsMillionths, values } = score(demand, technology)
    const explained = scorePair(demand, technology, thesaurus, weights)
    t.same([scoreMillionths, logOddsMillionths], [explained.scoreMillionths, explained.logOddsMillionths])
    const told = explained.contributions.filter(({ feature }) => feature !== 'bias')
    t.same(
      [...values],
      told.map(({ value }) => value)
    )
    featureNames.forEach((feature, at) => values[at] !== 0 && seen.add(feature))
  }
  for (const demand of demands) for (const technology of technologies) check(demand, technology)
  for (const technology of technologies.slice(0, 5)) for (const demand of demands) check(demand, technology)
  for (let round = 0; round < 200; round++) check(pick(demands), pick(technologies))
  t.same(
    featureNames.filter((feature) => !seen.has(feature)),
    [],
    'every feature took part'
  )
})

t.test('the oracle explains what the cheap score lets through, and nothing else', async (t) => {
  const found = matchAll(demands, technologies, { thesaurus, weights, today: '2026-06-01' })
  const reaching = demands.flatMap((demand) =>
    technologies.filter((technology) => scoreFacts(demand, technology, thesaurus, weights).scoreMillionths >= weights.thresholdMillionths)
  )
  t.ok(found.length > 0)
  t.equal(found.length, reaching.length)
})

t.test('words are shared within a language, model numbers across all', async (t) => {
  const asking = demandOf(thesaurus, 'Фиолетовый аппарат XJ-200', { text: { sourceLanguage: 'ru' } }).annotation
  const same = technologyOf(thesaurus, 'фиолетовый аппарат', { text: { sourceLanguage: 'ru' } }).annotation
  const foreign = technologyOf(thesaurus, '紫色装置 XJ-200', { text: { sourceLanguage: 'zh' } }).annotation
  t.same(sharedTerms(asking, foreign), ['XJ200'])
  t.ok(termOverlap(asking, foreign) > 0 && termOverlap(asking, foreign) < 1)
  t.same(new Set(sharedTerms(asking, same)), new Set(asking.terms.filter(({ language }) => language === 'ru').map(({ term }) => term)))
  t.ok(Math.abs(termOverlap(asking, asking) - 1) < 1e-9 || asking.terms.some(({ weight }) => weight < 1), 'a text has all its own words')
  t.equal(termOverlap(demandOf(thesaurus, '…').annotation, same), 0)
})

const valueOf = (demand: MatchSide, technology: MatchSide, feature: FeatureName, used = weights): number =>
  scoreFacts(demand, technology, thesaurus, used).values[featureNames.indexOf(feature)] ?? Number.NaN

t.test('one thing in common, however often it is said, is no evidence; several are', async (t) => {
  const asking = demandOf(thesaurus, 'hospital solar pump, hospital drip irrigation')
  t.equal(valueOf(asking, technologyOf(thesaurus, 'hospital'), 'evidence'), 0)
  const two = valueOf(asking, technologyOf(thesaurus, 'hospital drip irrigation'), 'evidence')
  const three = valueOf(asking, technologyOf(thesaurus, 'hospital drip irrigation solar pump'), 'evidence')
  t.ok(two > 0)
  t.ok(three > two)
})

t.test('a text of which little is understood is never about nothing else, and weights of before are read as before', async (t) => {
  const [asking, offering] = [demandOf(thesaurus, 'drip irrigation for vegetables'), technologyOf(thesaurus, 'drip irrigation')]
  t.ok(valueOf(asking, offering, 'focus') < 0.5)
  const { unseen: _unseen, ...before } = { ...weights, version: 'before' }
  t.equal(valueOf(asking, offering, 'focus', checkWeights(before)), 1)
  t.throws(() => checkWeights({ ...weights, unseen: { demand: -1, technology: 0 } }), /unseen\.demand is -1/)
})

t.test('a sector, a stage and a form of cooperation in common speak for a pair only where its texts meet', async (t) => {
  const fields = { sectors: ['health'], stage: 'on-market', cooperationModes: ['supply'], targetCountries: ['KE'] }
  const asking = demandOf(thesaurus, 'drip irrigation', { text: { ...fields, targetCountries: [] } })
  const shared = ['sector', 'stage-met', 'modes-shared', 'region-named'] as const
  const apart = technologyOf(thesaurus, '…', { text: fields })
  t.same(
    shared.map((feature) => valueOf(asking, apart, feature)),
    [0, 0, 0, 0]
  )
  const near = technologyOf(thesaurus, 'drip irrigation', { text: fields })
  t.same(
    shared.map((feature) => valueOf(asking, near, feature)),
    [1, 1, 1, 1]
  )
  const other = technologyOf(thesaurus, '…', {
    text: { ...fields, stage: 'concept', cooperationModes: ['training'], targetCountries: ['BR'] }
  })
  t.equal(valueOf(asking, other, 'modes-apart'), 1, 'what speaks against always counts')
})
