import { cooperationModes, developmentStages, planRegions, sectors2017 } from '@siku/contracts'
import { loadThesaurus } from '@siku/thesaurus'
import t from 'tap'
import { conceptScore } from '../src/concept-features.ts'
import { createPostings, createScreen, readWeights, scoreFacts, type MatchSide, type Weights } from '../src/index.ts'
import { conceptMatcherOf } from '../src/match-concepts.ts'
import { profileOf } from '../src/profile.ts'
import { topicSimilarity } from '../src/topic-similarity.ts'
import { demandOf, denseMarket, sequence, technologyOf } from './support.ts'

const thesaurus = loadThesaurus()
const weights = readWeights()

type Market = { demands: MatchSide[]; technologies: MatchSide[] }

/** Texts that name a few concepts out of a few dozen, with fields that agree or not, so that pairs stand on both sides of the threshold. */
function marketWithFields(seed: number, size: number): Market {
  const next = sequence(seed)
  const one = <T>(values: readonly T[]): T => values[next(values.length)] as T
  const labels = thesaurus.concepts.filter(({ field }) => field === 'water').slice(0, 40)
  const words = () => Array.from({ length: 2 + next(5) }, () => one(labels).labels.en?.[0] ?? 'pump').join('; ')
  const fields = () => ({
    sectors: [one(sectors2017.slice(0, 3))],
    stage: one(developmentStages),
    cooperationModes: [one(cooperationModes.slice(0, 3))],
    targetRegions: next(3) === 0 ? [one(planRegions)] : []
  })
  const ids = Array.from({ length: size }, (_, at) => String(at).padStart(4, '0'))
  const named = (at: number) => `zylotron${at % 5}`
  return {
    demands: ids.map((id, at) =>
      demandOf(thesaurus, `${words()}; ${named(at)}`, { id: `d${id}`, text: { ...fields(), targetRegions: [] } })
    ),
    technologies: ids.map((id, at) => technologyOf(thesaurus, `${words()}; ${named(at)}`, { id: `t${id}`, text: fields() }))
  }
}

const fill = ({ demands, technologies }: Market, used: Weights = weights) => {
  const postings = createPostings(thesaurus, used)
  for (const entry of demands) postings.put('demand', entry)
  for (const entry of technologies) postings.put('technology', entry)
  return postings
}

const pairsOf = ({ demands, technologies }: Market, used: Weights = weights) =>
  demands.flatMap((demand) =>
    technologies.map((technology) => {
      const isAbove = scoreFacts(demand, technology, thesaurus, used).scoreMillionths >= used.thresholdMillionths
      return { demand, technology, isAbove }
    })
  )

/** The candidate score record by record, as the definition has it. */
function candidateScoreOf(demand: MatchSide, technology: MatchSide): number {
  const [asking, offering] = [profileOf(demand, thesaurus, weights), profileOf(technology, thesaurus, weights)]
  const matched = conceptMatcherOf(thesaurus, weights)(asking, offering)
  const met = { demand: matched.demand, technology: matched.technology, topics: topicSimilarity(asking, offering) }
  return conceptScore(met, { demand: asking.mass, technology: offering.mass }, weights)
}

t.test('list by list a candidate gets the very score it has record by record, in both directions', async (t) => {
  const market = marketWithFields(3, 30)
  const postings = fill(market)
  const technologies = new Map(market.technologies.map((entry) => [entry.id, entry]))
  const demands = new Map(market.demands.map((entry) => [entry.id, entry]))
  let seen = 0
  for (const demand of market.demands) {
    for (const { id, candidateScore } of postings.candidates('demand', demand, 100).found) {
      seen++
      t.ok(Math.abs(candidateScore - candidateScoreOf(demand, technologies.get(id)!)) < 1e-6)
    }
  }
  for (const technology of market.technologies) {
    for (const { id, candidateScore } of postings.candidates('technology', technology, 100).found) {
      t.ok(Math.abs(candidateScore - candidateScoreOf(demands.get(id)!, technology)) < 1e-6)
    }
  }
  t.ok(seen > 100, `${seen} candidates`)
})

t.test('on a large shelf too, where lists are left out, and again after a record has left', async (t) => {
  const market = denseMarket(thesaurus, { seed: 17, demands: 3, technologies: 20_000 })
  const postings = fill({ ...market, demands: [] })
  const technologies = new Map(market.technologies.map((entry) => [entry.id, entry]))
  for (const { id } of market.technologies.slice(0, 50)) postings.remove('technology', id)
  for (const demand of market.demands) {
    const { found } = postings.candidates('demand', demand, 50)
    t.ok(found.length > 0)
    for (const { id, candidateScore } of found) {
      // These weights are not whole ten-thousandths, as those of an annotation are.
      t.ok(Math.abs(candidateScore - candidateScoreOf(demand, technologies.get(id)!)) < 0.01)
    }
  }
})

const soured: Weights = {
  ...weights,
  version: 'soured',
  features: { ...weights.features, sector: { weight: -0.8, baseline: 0 }, terms: { weight: -0.5, baseline: 0 } }
}

for (const [name, used] of Object.entries({ shipped: weights, 'weights that hold a sector and words against a pair': soured })) {
  t.test(`what is turned away unscored would not have reached the threshold: ${name}`, async (t) => {
    const market = marketWithFields(5, 60)
    const postings = fill(market, used)
    const mayReach = createScreen(used)
    const pairs = pairsOf(market, used)
    const above = pairs.filter(({ isAbove }) => isAbove)
    t.ok(above.length > 20 && above.length < pairs.length / 2, `${above.length} of ${pairs.length} pairs reach it`)
    const reachedBy = new Map(
      [
        ...market.demands.map((entry) => ['demand', entry] as const),
        ...market.technologies.map((entry) => ['technology', entry] as const)
      ].map(([side, entry]) => [
        entry.id,
        new Map(postings.reaching(side, entry, Infinity).found.map((candidate) => [candidate.id, candidate]))
      ])
    )
    for (const { demand, technology } of above) {
      const [forth, back] = [reachedBy.get(demand.id)?.get(technology.id), reachedBy.get(technology.id)?.get(demand.id)]
      t.ok(forth && back, 'both sides reach it')
      t.ok(forth && mayReach(demand, technology, forth.candidateScore))
    }
    const met = market.demands.flatMap((demand) => postings.candidates('demand', demand, Infinity).found).length
    const reaching = market.demands.flatMap((demand) =>
      [...(reachedBy.get(demand.id) ?? [])].map(([id, { candidateScore }]) => ({ demand, id, candidateScore }))
    )
    const technologies = new Map(market.technologies.map((entry) => [entry.id, entry]))
    const kept = reaching.filter(({ demand, id, candidateScore }) => mayReach(demand, technologies.get(id)!, candidateScore))
    t.ok(reaching.length < met * 0.9, `fields leave ${reaching.length} of ${met}`)
    t.ok(kept.length < reaching.length, `words leave ${kept.length}`)
  })
}

t.test('fields that speak against a pair turn it away before anybody is asked whether it is allowed', async (t) => {
  const text = { sectors: ['health'], stage: 'on-market', cooperationModes: ['supply'] }
  const asking = demandOf(thesaurus, 'drip irrigation; cold storage; wind turbine; railway track', { text })
  const words = 'drip irrigation; cement kiln; school desk'
  const against = { ...text, stage: 'concept', cooperationModes: ['training'] }
  const postings = createPostings(thesaurus, weights)
  postings.put('technology', technologyOf(thesaurus, words, { id: 'apart', text: against }))
  postings.put('technology', technologyOf(thesaurus, words, { id: 'agreed', text }))
  const asked: string[] = []
  const { found } = postings.reaching('demand', asking, 10, (id) => asked.push(id) > 0)
  t.same(asked, ['agreed'])
  t.same(
    found.map(({ id }) => id),
    ['agreed']
  )
  t.equal(postings.candidates('demand', asking, 10).found.length, 2)
})

t.test('words in common may carry a pair that would fall short without them, by as much as they weigh', async (t) => {
  const mayReach = createScreen(weights)
  const asking = demandOf(thesaurus, 'zylotron quaxelite brimovar')
  const least = (technology: MatchSide) =>
    Array.from({ length: 2_000 }, (_, at) => at / 100).find((score) => mayReach(asking, technology, score))
  const [sharing, apart] = ['zylotron quaxelite brimovar', 'vontresk palimond'].map((words) =>
    least(technologyOf(thesaurus, words, { text: { sourceLanguage: 'en' } }))
  )
  t.ok(
    sharing !== undefined && apart !== undefined && Math.abs(apart - sharing - weights.features.terms.weight) < 0.05,
    `${sharing}, ${apart}`
  )
})
