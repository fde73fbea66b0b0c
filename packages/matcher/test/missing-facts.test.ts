import { languages } from '@siku/contracts'
import { loadThesaurus } from '@siku/thesaurus'
import t from 'tap'
import {
  missingFacts,
  questionTopics,
  readWeights,
  renderExplanation,
  renderQuestion,
  scorePair,
  type MatchSide,
  type MissingFact
} from '../src/index.ts'
import { findMessage } from '../src/messages.ts'
import { demandOf, technologyOf } from './support.ts'

const thesaurus = loadThesaurus()
const weights = readWeights()
const sample = 'brackish water desalination by reverse osmosis'

const asked = (demand: MatchSide, technology: MatchSide) =>
  missingFacts({ demand, technology, criteria: scorePair(demand, technology, thesaurus, weights).criteria })
const told = (facts: readonly MissingFact[]) => facts.map(({ to, about }) => `${to} ${about}`)
/** A pair in which nothing is missing; each test takes one thing away. */
const demandText = { country: 'KE', deadline: '2027-12-31', cooperationModes: ['supply'], sourceLanguage: 'en' }
const technologyText = { stage: 'on-market', trl: 9, cooperationModes: ['supply'], targetCountries: ['KE'], country: 'CN' }
const whole = (about: { demand?: object; technology?: object } = {}) =>
  asked(
    demandOf(thesaurus, sample, { text: { ...demandText, ...about.demand } }),
    technologyOf(thesaurus, sample, { text: { ...technologyText, ...about.technology } })
  )

t.test('where nothing is missing nothing is asked', async (t) => {
  t.same(whole(), [])
  const criteria = [{ kind: 'must' as const, text: 'reverse osmosis' }]
  t.same(whole({ demand: { criteria, trl: 7, standards: ['ISO 9001'] }, technology: { standards: ['ISO-9001:2015'] } }), [])
})

t.test('what the demand asks and the offer does not tell is asked of the technology', async (t) => {
  const must = { kind: 'must', text: 'at least 20 m3/d', parameter: 'output', operator: 'gte', value: 20, unit: 'm3/d' }
  const nice = { kind: 'nice', text: 'feed up to 9 g/L', parameter: 'salinity', operator: 'gte', value: 9, unit: 'g/L' }
  const cost = { kind: 'must', text: 'at most 2 dollars', parameter: 'cost', operator: 'lte', value: 2, unit: 'USD/m3' }
  const facts = whole({ demand: { criteria: [nice, must, cost] } })
  t.same(told(facts), ['technology capacity', 'technology price', 'technology figure'], 'must-haves first')
  t.match(facts[0]?.criterion, {
    side: 'demand',
    field: '/details/criteria/1/text',
    start: 0,
    end: 16,
    figure: { parameter: 'output', operator: 'gte', value: 20, unit: 'm3/d' }
  })

  const words = [
    { kind: 'must', text: 'runs on solar pumps' },
    { kind: 'nice', text: 'low price' },
    { kind: 'not', text: 'no diesel generator' }
  ]
  t.same(told(whole({ demand: { criteria: words } })), ['technology criterion', 'technology price'], 'what is refused is no question')
  t.same(told(whole({ technology: { stage: null, trl: null }, demand: { trl: 6 } })), ['technology stage'])
  t.same(told(whole({ technology: { stage: null, trl: null } })), [], 'a stage that nobody asks is not missing')
  t.same(told(whole({ technology: { cooperationModes: [] } })), ['technology modes'])
  t.same(told(whole({ technology: { targetCountries: [] } })), ['technology region'])
  t.same(told(whole({ technology: { targetCountries: [], targetRegions: ['africa'] } })), [])
  t.same(told(whole({ demand: { standards: ['KEBS KS 459'] } })), ['technology standard'])
})

t.test('a readiness level is asked where the stage alone does not decide', async (t) => {
  const trl = { trl: null, stage: 'demonstration' }
  t.same(told(whole({ demand: { trl: 7 }, technology: trl })), ['technology stage'], 'levels 6 and 7')
  t.same(told(whole({ demand: { trl: 6 }, technology: trl })), [])
  t.same(told(whole({ demand: { trl: 8 }, technology: trl })), [], 'it is short, and that is known')
})

t.test('a figure that the running text asks for is asked with its place in the text', async (t) => {
  const demand = demandOf(thesaurus, `${sample}, at least 500 kW`, { text: demandText })
  const [fact] = asked(demand, technologyOf(thesaurus, sample, { text: technologyText }))
  t.match(fact, { to: 'technology', about: 'capacity', isMust: false, criterion: { field: 'title' } })
  t.match(fact?.criterion?.text, /500 kW/)
  t.equal([...demand.text.title].slice(fact?.criterion?.start ?? 0, fact?.criterion?.end ?? 0).join(''), fact?.criterion?.text)
})

t.test('what an offer depends on is asked of the demand', async (t) => {
  const performance = [
    { parameter: 'output', value: 30, unit: 'm3/d' },
    { parameter: 'recovery', value: 70, unit: '%' }
  ]
  t.same(told(whole({ technology: { performance } })), ['demand quantity'], 'how large, and not how good')
  const criteria = [{ kind: 'must', text: '20 m3/d', parameter: 'output', operator: 'gte', value: 20, unit: 'm3/d' }]
  t.same(told(whole({ technology: { performance }, demand: { criteria } })), [])
  const limits = [{ field: '/details/localisation/limits', text: 'needs 0 to 45 °C' }]
  t.same(told(whole({ technology: { more: limits } })), ['demand conditions'])
  const siteConditions = [{ field: '/details/siteConditions', text: 'up to 50 °C' }]
  t.same(told(whole({ technology: { more: limits }, demand: { more: siteConditions } })), [])
  t.same(told(whole({ technology: { stage: 'demonstration', trl: 6 }, demand: { deadline: null } })), ['demand deadline'])
  t.same(told(whole({ demand: { deadline: null } })), [], 'what is on the market can be had at any time')
  t.same(told(whole({ technology: { performance: [{ parameter: 'price', value: 9000, unit: 'USD' }] } })), ['demand budget'])
  t.same(told(whole({ demand: { country: null } })), ['demand country'])
})

t.test('every question can be put in seven languages, and foreign words come with what they speak of', async (t) => {
  for (const language of languages) t.ok(findMessage('question.technology.criterion.nice', language))
  const sides = { technology: questionTopics.slice(0, 8), demand: questionTopics.slice(8) }
  for (const language of languages)
    for (const [side, topics] of Object.entries(sides))
      for (const topic of topics) t.ok(findMessage(`question.${side}.${topic}`, language), `${side} ${topic} ${language}`)

  const demand = demandOf(thesaurus, 'Опреснение воды обратным осмосом', {
    text: {
      ...demandText,
      sourceLanguage: 'ru',
      criteria: [{ kind: 'must', text: 'солнечный насос' }],
      trl: 7
    }
  })
  const technology = technologyOf(thesaurus, sample, { text: { ...technologyText, stage: null, trl: null } })
  const facts = asked(demand, technology)
  t.same(told(facts), ['technology criterion', 'technology stage'])
  const inLanguage = (language: (typeof languages)[number]) =>
    facts.map((fact) => renderQuestion(fact, { demand, technology }, { language, thesaurus }))
  for (const language of languages) t.notMatch(inLanguage(language).join(' '), /[{}]|undefined|null/, language)
  const [criterion, stage] = inLanguage('zh')
  t.match(criterion, /“солнечный насос”.*机器识别的词：光伏水泵。/)
  t.match(stage, /TRL ≥ 7/)
  t.notMatch(inLanguage('ru')[0], /машин/, 'one’s own language needs no gloss')
})

t.test('an explanation names the readiness level where no stage is given', async (t) => {
  const offer = (text: object) => technologyOf(thesaurus, sample, { text: { ...technologyText, ...text } })
  const sentences = (technology: MatchSide, text: object = {}) => {
    const demand = demandOf(thesaurus, sample, { text: { ...demandText, trl: 6, ...text } })
    return renderExplanation(scorePair(demand, technology, thesaurus, weights), 'ru', thesaurus).reasons.join(' ')
  }
  t.match(sentences(offer({ stage: null, trl: 8 })), /TRL 8/)
  t.match(sentences(offer({ stage: 'on-market', trl: 9 })), /Уже на рынке \(TRL 9\)/)
  t.notMatch(sentences(offer({ stage: null, trl: 8 })), /не указано/)
})

t.test('words and figures of the other direction keep it, and figures are written as people write them', async (t) => {
  const criteria = [
    { kind: 'must' as const, text: 'يعمل حتى 10', parameter: 'الحرارة', operator: 'lte' as const, value: -10, unit: 'Cel' },
    { kind: 'must' as const, text: '…', parameter: 'false alarms', operator: 'lte' as const, value: 1, unit: '1/a' }
  ]
  const demand = demandOf(thesaurus, sample, { text: { ...demandText, criteria } })
  const { missing } = renderExplanation(scorePair(demand, technologyOf(thesaurus, sample), thesaurus, weights), 'en', thesaurus)
  t.match(missing[0], 'No evidence for: \u2068\u2068الحرارة\u2069 ≤ −10 °C\u2069.')
  t.match(missing[1], 'false alarms ≤ 1/a.')
})
