import { labelOfCode, vocabularies, type Language, type VocabularyName } from '@siku/contracts'
import { findConcept, labelOf, unitSymbol, type Thesaurus } from '@siku/thesaurus'
import { findMessage, isolated, message } from './messages.ts'
import type { ConceptPair, Contribution, CriterionOutcome, Explanation, PairFacts } from './types.ts'

export type RenderedExplanation = {
  headline: string
  /** Why they fit, the weightiest first. */
  reasons: string[]
  /** What was asked and is contradicted or without evidence. */
  missing: string[]
  /** The strongest argument against. */
  against: string | null
}

export type RenderOptions = {
  /** Staff see decimals, outsiders bands. */
  decimals?: boolean
  pairsMax?: number
}

const pairsShown = 5

/** Puts an explanation into sentences of one language. The sentences stand in messages/messages.tsv, none in code. */
export function renderExplanation(
  explanation: Explanation,
  language: Language,
  thesaurus: Thesaurus,
  options: RenderOptions = {}
): RenderedExplanation {
  const { criteria, unmet, contributions, facts } = explanation
  const met = criteria.filter((line) => line.outcome === 'met' && line.kind !== 'not')
  return {
    headline: headlineOf(explanation, language, options.decimals ?? false),
    reasons: [
      ...explanation.pairs.slice(0, options.pairsMax ?? pairsShown).map((pair) => pairSentence(pair, language, thesaurus)),
      ...met.map((line) => metSentence(line, explanation.pairs, { language, thesaurus })),
      ...fieldSentences(
        contributions.filter(({ contributionMillionths }) => contributionMillionths > 0),
        { facts, thesaurus },
        language
      )
    ],
    missing: unmet.map((line) => criterionSentence(line, language)),
    against: explanation.against && againstSentence(explanation.against, { facts, thesaurus }, language)
  }
}

/** Why a line of a list stands behind the others. */
export const renderCap = (kind: 'capacity' | 'organisation' | 'duplicate', language: Language): string => message(`cap.${kind}`, language)

function headlineOf({ band, scoreMillionths }: Explanation, language: Language, decimals: boolean): string {
  const fillers = { band: labelOfCode('strength-band', band, language), score: decimal(scoreMillionths / 1_000_000, language, 2) }
  return message(decimals ? 'headline.decimals' : 'headline', language, fillers)
}

function pairSentence(pair: ConceptPair, language: Language, thesaurus: Thesaurus): string {
  const need = labelOf(thesaurus, pair.demandConcept, language)
  const offer = labelOf(thesaurus, pair.technologyConcept, language)
  // Whoever carries the relation is the method; it may also be the demand that names it.
  const turned = pair.relation === 'addresses' && findConcept(thesaurus, pair.technologyConcept)?.kind === 'problem'
  return message(turned ? 'pair.addressed' : `pair.${pair.relation}`, language, { need, offer })
}

/** A criterion in words is met by concepts; naming them says why to whoever does not read its language. */
function metSentence(line: CriterionOutcome, pairs: readonly ConceptPair[], reading: { language: Language; thesaurus: Thesaurus }): string {
  const { language, thesaurus } = reading
  const field = `/details/criteria/${line.index}/text`
  const named = pairs.filter(({ demandSpans }) => demandSpans.some((span) => span.field === field))
  if (line.asked || named.length === 0) return criterionSentence(line, language)
  const labels = named.slice(0, conceptsShown).map(({ demandConcept }) => labelOf(thesaurus, demandConcept, language))
  return message('words.met.by', language, { text: line.text, concepts: listIn([...new Set(labels)], language) })
}

function criterionSentence(line: CriterionOutcome, language: Language): string {
  if (!line.asked) return message(`words.${line.outcome}`, language, { text: line.text })
  const asked = figureSentence(line.asked, language)
  const offered = line.offered ? figureIn(line.offered.value, line.offered.valueMax, line.offered.unit, language) : ''
  return message(`figure.${line.outcome}`, language, { asked, offered })
}

/** A figure as it is asked for, such as "output ≥ 20 m³/d". */
export function figureSentence(asked: NonNullable<CriterionOutcome['asked']>, language: Language): string {
  const { parameter, operator, value, valueMax, unit } = asked
  const figure = message(`operator.${operatorNames[operator] ?? operator}`, language, { value: figureIn(value, valueMax, unit, language) })
  return parameter === null ? figure : `${isolated(parameter, language)} ${figure}`
}

const operatorNames: Record<string, string> = { '>=': 'gte', '>': 'gt', '<=': 'lte', '<': 'lt', '=': 'eq', '~': 'eq', between: 'eq' }

function figureIn(value: number, valueMax: number | null, unit: string, language: Language): string {
  const figures = valueMax === null ? decimal(value, language) : `${decimal(value, language)}–${decimal(valueMax, language)}`
  // A count has the unit 1, and once a year is 1/a: the 1 is not written twice.
  const symbol = unitSymbol(unit).replace(/^1(?=\/|$)/, '')
  return symbol.startsWith('/') ? `${figures}${symbol}` : `${figures} ${symbol}`.trim()
}

function decimal(value: number, language: Language, digits?: number): string {
  const fraction = { minimumFractionDigits: digits ?? 0, maximumFractionDigits: digits ?? 6 }
  return new Intl.NumberFormat(language, { numberingSystem: 'latn', ...fraction }).format(value).replace('-', '−')
}

const factFeatures = ['topics', 'embedding', 'terms', 'sector', 'stage-met', 'modes-shared', 'region-named']

type Told = { facts: PairFacts; thesaurus: Thesaurus }

function fieldSentences(contributions: readonly Contribution[], told: Told, language: Language): string[] {
  const all = contributions.reduce((sum, { contributionMillionths }) => sum + contributionMillionths, 0)
  return contributions
    .filter(({ feature }) => factFeatures.includes(feature))
    .sort((a, b) => b.contributionMillionths - a.contributionMillionths)
    .map(({ feature, contributionMillionths: own }) =>
      message(feature, language, { ...fillersOf(told, language), share: percentOf(own / all, language) })
    )
}

function againstSentence({ feature, value }: Contribution, told: Told, language: Language): string {
  const fillers = { ...fillersOf(told, language), percent: percentOf(value, language) }
  return findMessage(`against.${feature}`, language, fillers) ?? message(feature, language, fillers)
}

const percentOf = (share: number, language: Language): string =>
  new Intl.NumberFormat(language, { style: 'percent', numberingSystem: 'latn' }).format(share)

const topicsShown = 3
const conceptsShown = 3

function fillersOf({ facts, thesaurus }: Told, language: Language): Record<string, string> {
  const topics = (facts.sharedTopics ?? []).filter((id) => findConcept(thesaurus, id)).slice(0, topicsShown)
  const labels = topics.map((id) => labelOf(thesaurus, id, language))
  return { ...factFillers(facts, language), topics: listIn(labels, language) }
}

const listIn = (values: readonly string[], language: Language): string => values.join(findMessage('list.separator', language) ?? ', ')

/** What two records say in fields of their own, in words of the reader's language. */
export function factFillers(facts: PairFacts, language: Language): Record<string, string> {
  const modes = (codes: readonly string[]) =>
    listIn(
      codes.map((code) => labelOfCode('cooperation-mode', code, language)),
      language
    )
  return {
    terms: listIn(facts.sharedTerms.slice(0, 5), language),
    sectors: listIn(
      facts.sharedSectors.map((code) => sectorLabel(code, language)),
      language
    ),
    asked: stageIn(facts.stageAsked, facts.trlAsked, { sign: '≥ ', language }),
    offered: stageIn(facts.stageOffered, facts.trlOffered, { sign: '', language }),
    modes: modes(facts.sharedModes),
    demandModes: modes(facts.demandModes),
    technologyModes: modes(facts.technologyModes),
    country: facts.demandCountry === null ? message('unknown', language) : labelOfCode('country', facts.demandCountry, language)
  }
}

/** A stage in words, its readiness level, or both. */
function stageIn(stage: string | null, trl: number | null | undefined, { sign, language }: { sign: string; language: Language }): string {
  const words = stage === null ? undefined : labelOfCode('development-stage', stage, language)
  const level = typeof trl === 'number' ? `TRL ${sign}${trl}` : undefined
  if (words === undefined) return level ?? message('unknown', language)
  if (level === undefined) return words
  return language === 'zh' ? `${words}（${level}）` : `${words} (${level})`
}

const sectorVocabularies: readonly VocabularyName[] = ['sector-2017', 'sector-2021', 'plan-field']

function sectorLabel(code: string, language: Language): string {
  const vocabulary = sectorVocabularies.find((name) => Object.hasOwn(vocabularies[name].values, code))
  return vocabulary ? labelOfCode(vocabulary, code, language) : code
}
