import { labelOfCode, vocabularies, type Language, type VocabularyName } from '@siku/contracts'
import { findConcept, labelOf, unitSymbol, type Thesaurus } from '@siku/thesaurus'
import { findMessage, message } from './messages.ts'
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
      ...met.map((line) => criterionSentence(line, language)),
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

function criterionSentence(line: CriterionOutcome, language: Language): string {
  if (!line.asked) return message(`words.${line.outcome}`, language, { text: line.text })
  const { parameter, operator, value, valueMax, unit } = line.asked
  const figure = message(`operator.${operatorNames[operator] ?? operator}`, language, { value: figureIn(value, valueMax, unit, language) })
  const asked = parameter === null ? figure : `${parameter} ${figure}`
  const offered = line.offered ? figureIn(line.offered.value, line.offered.valueMax, line.offered.unit, language) : ''
  return message(`figure.${line.outcome}`, language, { asked, offered })
}

const operatorNames: Record<string, string> = { '>=': 'gte', '>': 'gt', '<=': 'lte', '<': 'lt', '=': 'eq', '~': 'eq', between: 'eq' }

function figureIn(value: number, valueMax: number | null, unit: string, language: Language): string {
  const figures = valueMax === null ? decimal(value, language) : `${decimal(value, language)}–${decimal(valueMax, language)}`
  return `${figures} ${unitSymbol(unit)}`
}

function decimal(value: number, language: Language, digits?: number): string {
  const fraction = { minimumFractionDigits: digits ?? 0, maximumFractionDigits: digits ?? 6 }
  return new Intl.NumberFormat(language, { numberingSystem: 'latn', ...fraction }).format(value)
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

function fillersOf({ facts, thesaurus }: Told, language: Language): Record<string, string> {
  const unknown = message('unknown', language)
  const list = (values: readonly string[]) => values.join(findMessage('list.separator', language) ?? ', ')
  const modes = (codes: readonly string[]) => list(codes.map((code) => labelOfCode('cooperation-mode', code, language)))
  return {
    terms: list(facts.sharedTerms.slice(0, 5)),
    topics: list(
      (facts.sharedTopics ?? [])
        .filter((id) => findConcept(thesaurus, id))
        .slice(0, topicsShown)
        .map((id) => labelOf(thesaurus, id, language))
    ),
    sectors: list(facts.sharedSectors.map((code) => sectorLabel(code, language))),
    asked: facts.stageAsked === null ? unknown : labelOfCode('development-stage', facts.stageAsked, language),
    offered: facts.stageOffered === null ? unknown : labelOfCode('development-stage', facts.stageOffered, language),
    modes: modes(facts.sharedModes),
    demandModes: modes(facts.demandModes),
    technologyModes: modes(facts.technologyModes),
    country: facts.demandCountry === null ? unknown : labelOfCode('country', facts.demandCountry, language)
  }
}

const sectorVocabularies: readonly VocabularyName[] = ['sector-2017', 'sector-2021', 'plan-field']

function sectorLabel(code: string, language: Language): string {
  const vocabulary = sectorVocabularies.find((name) => Object.hasOwn(vocabularies[name].values, code))
  return vocabulary ? labelOfCode(vocabulary, code, language) : code
}
