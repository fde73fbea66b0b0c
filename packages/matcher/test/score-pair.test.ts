import { languages } from '@siku/contracts'
import { loadThesaurus } from '@siku/thesaurus'
import t from 'tap'
import {
  checkWeights,
  findFilterReason,
  matchAll,
  passesHardFilters,
  readWeights,
  renderExplanation,
  scorePair,
  sigmoidMillionths,
  type Explanation,
  type FeatureName,
  type MatchSide
} from '../src/index.ts'
import { demandOf, sequence, technologyOf } from './support.ts'

const thesaurus = loadThesaurus()
const weights = readWeights()
const score = (demand: MatchSide, technology: MatchSide) => scorePair(demand, technology, thesaurus, weights)
const valueOf = (explanation: Explanation, feature: FeatureName) =>
  explanation.contributions.find((line) => line.feature === feature)?.value

const wells = 'Опреснение солоноватой воды из скважин на солнечной энергии'
const desalter = '低压反渗透苦咸水淡化装置，光伏供电'
const demand = demandOf(thesaurus, wells, { text: { sourceLanguage: 'ru' }, country: 'KZ' })
const technology = technologyOf(thesaurus, desalter, { text: { sourceLanguage: 'zh' } })

t.test('a Russian need finds a Chinese technology, and an unrelated one stays below the threshold', async (t) => {
  t.ok(score(demand, technology).scoreMillionths >= weights.thresholdMillionths)
  const unrelated = technologyOf(thesaurus, '区块链溯源平台', { text: { sourceLanguage: 'zh' } })
  t.ok(score(demand, unrelated).scoreMillionths < weights.thresholdMillionths / 2)
})

t.test('contributions are whole millionths that sum exactly to the log-odds of the score', async (t) => {
  const words = [
    'solar pump',
    'drip irrigation',
    'brackish water',
    'wind turbine',
    'biogas plant',
    'malaria',
    'steel',
    'leak',
    'cold storage'
  ]
  const next = sequence(11)
  const some = () => Array.from({ length: 1 + next(4) }, () => words[next(words.length)]).join(', ')
  for (let round = 0; round < 200; round++) {
    const explanation = score(
      demandOf(thesaurus, some(), { text: { stage: next(2) ? 'on-market' : null, sectors: next(2) ? ['health'] : [] } }),
      technologyOf(thesaurus, some(), {
        text: { stage: next(2) ? 'concept' : null, sectors: ['health'], targetCountries: next(2) ? ['KE'] : ['BR'] }
      })
    )
    const sum = explanation.contributions.reduce((total, line) => total + line.contributionMillionths, 0)
    t.equal(sum, explanation.logOddsMillionths)
    t.ok(explanation.contributions.every((line) => Number.isInteger(line.contributionMillionths)))
    t.equal(explanation.scoreMillionths, sigmoidMillionths(sum))
    t.same(JSON.parse(JSON.stringify(explanation)), explanation, 'and it survives storage')
  }
})

t.test('the score is pair-local and the same every time', async (t) => {
  const first = score(demand, technology)
  const again = loadThesaurus()
  const fresh = scorePair(
    demandOf(again, wells, { text: { sourceLanguage: 'ru' }, country: 'KZ' }),
    technologyOf(again, desalter, { text: { sourceLanguage: 'zh' } }),
    again,
    readWeights()
  )
  t.same(fresh, first)
})

t.test('every pair of concepts carries spans in both original texts', async (t) => {
  const { pairs } = score(demand, technology)
  t.ok(pairs.length > 0)
  for (const pair of pairs) {
    for (const { start, end } of pair.demandSpans) t.ok([...wells].slice(start, end).join('').length > 0)
    for (const { start, end } of pair.technologySpans) t.ok([...desalter].slice(start, end).join('').length > 0)
  }
  t.ok(Math.abs(pairs.reduce((sum, pair) => sum + pair.share, 0) - 1) < 0.001)
})

t.test('a method meets the problem it addresses though they share no word', async (t) => {
  const explanation = score(
    demandOf(thesaurus, 'Our wells turn salty'),
    technologyOf(thesaurus, '苦咸水淡化', { text: { sourceLanguage: 'zh' } })
  )
  t.ok((valueOf(explanation, 'coverage') ?? 0) > 0.1)
  t.ok(explanation.pairs.some(({ relation }) => relation !== 'same'))
})

t.test('a figure asked is compared as a quantity with what is offered', async (t) => {
  const criteria = [{ kind: 'must' as const, text: '', parameter: 'capacity', operator: 'gte' as const, value: 500, unit: 'kW' }]
  const asking = demandOf(thesaurus, 'wind turbine', { text: { criteria } })
  const offering = (value: number, valueMax?: number) =>
    technologyOf(thesaurus, 'wind turbine', { text: { performance: [{ parameter: 'rated capacity', value, valueMax, unit: 'MW' }] } })
  t.equal(score(asking, offering(0.2, 1.2)).criteria[0]?.outcome, 'met', 'a range that reaches it')
  t.equal(score(asking, offering(0.05)).criteria[0]?.outcome, 'contradicted')
  const silent = score(asking, technologyOf(thesaurus, 'wind turbine'))
  t.equal(silent.criteria[0]?.outcome, 'open', 'silence is no contradiction')
  t.equal(silent.unmet.length, 1)
  t.equal(
    score(asking, technologyOf(thesaurus, 'wind turbine 200–1,200 kW')).criteria[0]?.outcome,
    'met',
    'a figure in the text speaks for it'
  )
  t.ok(score(asking, offering(0.2, 1.2)).scoreMillionths > silent.scoreMillionths)
  t.ok(silent.scoreMillionths > score(asking, offering(0.05)).scoreMillionths)
})

t.test('a figure with another dimension answers nothing', async (t) => {
  const criteria = [{ kind: 'must' as const, text: '', operator: 'lte' as const, value: 30, unit: 'Cel' }]
  const offering = technologyOf(thesaurus, 'wind turbine', { text: { performance: [{ parameter: 'power', value: 5, unit: 'kW' }] } })
  t.equal(score(demandOf(thesaurus, 'wind turbine', { text: { criteria } }), offering).criteria[0]?.outcome, 'open')
})

t.test('what a demand rules out is no part of its need, and offering it counts against', async (t) => {
  const criteria = [{ kind: 'not' as const, text: 'no diesel generator' }]
  const asking = demandOf(thesaurus, 'solar water pump', { text: { criteria } })
  const explanation = score(asking, technologyOf(thesaurus, 'solar water pump with diesel generator'))
  t.equal(explanation.criteria[0]?.outcome, 'contradicted')
  t.notOk(explanation.pairs.some(({ demandConcept }) => demandConcept === 'diesel-generator'))
  t.equal(score(asking, technologyOf(thesaurus, 'solar water pump')).criteria[0]?.outcome, 'met')
})

t.test('stage, region and form of cooperation move the score the way a matchmaker would', async (t) => {
  const asking = demandOf(thesaurus, 'drip irrigation', { country: 'KE', text: { stage: 'on-market', cooperationModes: ['supply'] } })
  const offering = (text: Partial<MatchSide['text']>) => score(asking, technologyOf(thesaurus, 'drip irrigation', { text })).scoreMillionths
  t.ok(offering({ stage: 'on-market' }) > offering({ stage: 'demonstration' }))
  t.ok(offering({ stage: 'demonstration' }) > offering({ stage: 'concept' }))
  t.ok(offering({ targetRegions: ['africa'] }) > offering({}))
  t.ok(offering({}) > offering({ targetRegions: ['latin-america'] }), 'a preference, not a filter')
  t.ok(offering({ cooperationModes: ['supply'] }) > offering({ cooperationModes: ['joint-lab'] }))
})

t.test('taking the strongest pair away lowers the score', async (t) => {
  const before = score(demand, technology)
  const strongest = before.pairs[0]?.technologyConcept
  const concepts = technology.annotation.concepts.filter(({ id }) => id !== strongest)
  const after = score(demand, { ...technology, annotation: { ...technology.annotation, concepts } })
  t.ok(after.scoreMillionths < before.scoreMillionths)
})

t.test('the strongest argument against is the largest negative contribution', async (t) => {
  const explanation = score(
    demandOf(thesaurus, 'drip irrigation', { text: { stage: 'on-market' } }),
    technologyOf(thesaurus, 'drip irrigation', { text: { stage: 'concept' } })
  )
  t.equal(explanation.against?.feature, 'stage-short')
  t.match(renderExplanation(explanation, 'en', thesaurus).against, /asked “Already on the market”, offered “Concept stage”/)
})

t.test('an explanation is rendered in each of the seven languages, without a place left open', async (t) => {
  const criteria = [
    { kind: 'must' as const, text: '', operator: 'gte' as const, value: 500, unit: 'm3/d' },
    { kind: 'nice' as const, text: 'remote monitoring' }
  ]
  const facts = { cooperationModes: ['supply'], stage: 'on-market', sectors: ['energy-saving-environment'] }
  const explanation = score(
    demandOf(thesaurus, wells, { country: 'KZ', text: { sourceLanguage: 'ru', criteria, ...facts } }),
    technologyOf(thesaurus, desalter, { text: { sourceLanguage: 'zh', ...facts, stage: 'demonstration', targetRegions: ['central-asia'] } })
  )
  const seen = new Set<string>()
  for (const language of languages) {
    const rendered = renderExplanation(explanation, language, thesaurus, { decimals: true })
    const all = [rendered.headline, ...rendered.reasons, ...rendered.missing, rendered.against ?? ''].join('\n')
    t.notMatch(all, /[{}]|undefined|NaN/, language)
    t.ok(rendered.reasons.length >= 4)
    t.equal(rendered.missing.length, 2)
    seen.add(all)
  }
  t.equal(seen.size, languages.length)
  t.notMatch(renderExplanation(explanation, 'en', thesaurus).headline, /\d/, 'outsiders see a band')
})

t.test('hard filters keep out what must not meet', async (t) => {
  const today = '2026-06-01'
  const reason = (d: Parameters<typeof demandOf>[2], x: Parameters<typeof technologyOf>[2]) =>
    findFilterReason(
      demandOf(thesaurus, 'pump', { id: 'd', ...d }),
      technologyOf(thesaurus, 'pump', { id: 't', organisationKey: 'maker', ...x }),
      today
    )
  t.equal(reason({}, {}), undefined)
  t.equal(reason({}, { access: { state: 'paused' } }), 'not-published')
  t.equal(reason({ tombstone: true }, {}), 'not-published')
  t.equal(reason({}, { access: { openForInterest: false } }), 'not-open')
  t.equal(reason({}, { validUntil: '2026-05-31T23:59:59Z' }), 'expired')
  t.equal(reason({}, { validUntil: '2026-06-01' }), undefined, 'valid on its last day')
  t.equal(reason({ text: { deadline: '2026-05-31' } }, {}), 'expired')
  t.equal(reason({ organisationKey: 'maker' }, {}), 'own-organisation')
  t.equal(reason({ organisationKey: 'rival' }, { access: { excludedKeys: ['rival'] } }), 'excluded-organisation')
  t.equal(reason({ country: 'BR' }, { access: { excludedCountries: ['BR'] } }), 'excluded-country')
  t.equal(reason({ access: { excludedCountries: ['CN'] } }, {}), 'excluded-country')
  t.equal(reason({}, { access: { controlState: 'prohibited' } }), 'prohibited')
  t.equal(reason({}, { access: { controlState: 'unassessed' } }), undefined, 'the uncleared is matched for staff')
  t.equal(reason({ text: { seeks: 'investment' } }, {}), 'no-technology-sought')
  t.ok(passesHardFilters(demand, technology, today))
})

t.test('the oracle lists the pairs above the threshold, best first, ties by id', async (t) => {
  const technologies = ['c', 'a', 'b'].map((id) => technologyOf(thesaurus, 'drip irrigation for vegetables', { id, organisationKey: id }))
  const demands = ['y', 'x'].map((id) => demandOf(thesaurus, 'drip irrigation for vegetables', { id, organisationKey: id }))
  const found = matchAll(demands, technologies, { thesaurus, weights, today: '2026-06-01' })
  t.same(
    found.map((match) => match.demand.id + match.technology.id),
    ['xa', 'xb', 'xc', 'ya', 'yb', 'yc']
  )
  t.same(matchAll(demands.toReversed(), technologies.toReversed(), { thesaurus, weights, today: '2026-06-01' }), found)
})

t.test('weights that break a promise are refused', async (t) => {
  t.throws(() => checkWeights({ ...weights, thresholdMillionths: 1 }), { code: 'SIKU_MATCHER_WEIGHTS_INVALID' })
  t.throws(() => checkWeights({ ...weights, features: { ...weights.features, terms: { weight: Number.NaN, baseline: 0 } } }), /terms/)
})

t.test('an annotation of another edition is not scored silently', async (t) => {
  const old = { ...technology, annotation: { ...technology.annotation, edition: 'older' } }
  t.throws(() => score(demand, old), { code: 'SIKU_MATCHER_EDITION_MISMATCH' })
})
