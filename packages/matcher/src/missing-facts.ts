import { isCurrencyCode } from '@siku/contracts'
import { findUnit, type Annotation } from '@siku/thesaurus'
import { stageOfTrl, stageRank } from './field-features.ts'
import type { CriterionOutcome, Explanation, MatchSide, Side } from './types.ts'

/** What a question can be about, in the order in which questions to one side stand. */
export const questionTopics = [
  'criterion',
  'figure',
  'capacity',
  'price',
  'standard',
  'stage',
  'modes',
  'region',
  'quantity',
  'conditions',
  'country',
  'deadline',
  'budget'
] as const
export type QuestionTopic = (typeof questionTopics)[number]

export type QuestionFigure = { parameter: string | null; operator: string; value: number; valueMax: number | null; unit: string }

/** What a question rests on: words of a record as they were written, and the figure they hold. */
export type QuestionCriterion = {
  side: Side
  /** Field of that record, and code points in it; null where the value stands in a field of its own. */
  field: string | null
  start: number | null
  end: number | null
  text: string
  figure: QuestionFigure | null
  /** Concepts those words name, so that who does not read their language knows what is asked. */
  concepts: string[]
}

/** A fact without which a match cannot be judged, and the side that can tell it. */
export type MissingFact = { to: Side; about: QuestionTopic; isMust: boolean; criterion: QuestionCriterion | null }

export type FactSide = Pick<MatchSide, 'text' | 'country' | 'annotation'>
export type FactPair = { demand: FactSide; technology: FactSide; criteria: Explanation['criteria'] }

/** Concepts of the thesaurus that say a criterion is about money, or about how large a thing is. */
const priceConcepts = ['price-word', 'price-list-bargain', 'cost-per-area', 'cost-per-test']
const capacityConcept = 'capacity'
const quantitiesMax = 2
const lastStage = stageOfTrl[9] ?? 0

/** Which facts are missing between two records: what was asked and is not told, and what an offer needs to know to answer. */
export function missingFacts(pair: FactPair): MissingFact[] {
  const facts = [
    ...openCriteria(pair),
    ...standardsAsked(pair),
    ...stageAsked(pair),
    ...modesAndRegion(pair),
    ...quantities(pair),
    ...conditions(pair),
    ...whenAndWhere(pair)
  ]
  return facts.sort((a, b) => orderOf(a) - orderOf(b))
}

/** Technology before demand, must-haves before wishes, then by topic. */
const orderOf = ({ to, isMust, about }: MissingFact): number =>
  (to === 'technology' ? 0 : 1_000) + (isMust ? 0 : 100) + questionTopics.indexOf(about)

function openCriteria({ demand, criteria }: FactPair): MissingFact[] {
  return criteria
    .filter(({ outcome, kind }) => outcome === 'open' && kind !== 'not')
    .map((line) => {
      const criterion = line.index < demand.text.criteria.length ? statedCriterion(line, demand) : writtenFigure(line, demand)
      return { to: 'technology', about: topicOf(line, criterion), isMust: line.kind === 'must', criterion }
    })
}

function statedCriterion({ index, text, asked }: CriterionOutcome, { annotation }: FactSide): QuestionCriterion {
  const field = `/details/criteria/${index}/text`
  return {
    side: 'demand',
    field,
    start: 0,
    end: [...text].length,
    text,
    figure: asked,
    concepts: conceptsIn(annotation, field)
  }
}

/** A figure of the running text: where it stands is read again from the text itself. */
function writtenFigure({ asked }: CriterionOutcome, { text, annotation }: FactSide): QuestionCriterion {
  const found = annotation.quantities.find(
    ({ value, valueMax, unit, operator }) =>
      value === asked?.value && valueMax === asked.valueMax && unit === asked.unit && operator === asked.operator
  )
  const { field = null, start = null, end = null } = found?.span ?? {}
  const words = field === null ? '' : [...fieldText(text, field)].slice(start ?? 0, end ?? 0).join('')
  return { side: 'demand', field, start, end, text: words, figure: asked, concepts: [] }
}

function topicOf({ asked }: CriterionOutcome, { concepts }: QuestionCriterion): QuestionTopic {
  if (asked === null) return concepts.some((id) => priceConcepts.includes(id)) ? 'price' : 'criterion'
  if (isPrice(asked.unit)) return 'price'
  return isCapacity(asked.unit) || concepts.includes(capacityConcept) ? 'capacity' : 'figure'
}

const isPrice = (unit: string): boolean => isCurrencyCode(unit.split('/')[0] ?? '')

/** What is done in a time, and power: such figures tell how large a thing is. */
function isCapacity(unit: string): boolean {
  const dimension = findUnit(unit)?.dimension ?? ''
  return dimension === 'power' || dimension.endsWith('/time')
}

/** Standards of the place that the offer names nowhere, neither as held nor in its text. */
function standardsAsked({ demand, technology }: FactPair): MissingFact[] {
  const told = [...technology.text.standards, technology.text.title, technology.text.summary, technology.text.description]
  const known = bare([...told, ...technology.text.more.map(({ text }) => text)].join('\n'))
  return demand.text.standards
    .filter((standard) => bare(standard) !== '' && !known.includes(bare(standard)))
    .map((text) => ({ to: 'technology', about: 'standard', isMust: true, criterion: wordsOf('demand', text) }))
}

const bare = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\-–—_./:]+/gu, '')

/** A stage covers two readiness levels; where what is asked lies between them only the level itself decides. */
function stageAsked({ demand, technology }: FactPair): MissingFact[] {
  const { trl } = demand.text
  const asked = stageRank(demand)
  if (asked === undefined) return []
  const offered = stageRank(technology)
  const levels = stageOfTrl.flatMap((rank, level) => (level > 0 && rank === offered ? [level] : []))
  const isUndecided = trl !== null && technology.text.trl === null && levels.some((level) => level < trl) && levels.some((l) => l >= trl)
  if (offered !== undefined && !isUndecided) return []
  return [{ to: 'technology', about: 'stage', isMust: true, criterion: null }]
}

function modesAndRegion({ demand, technology }: FactPair): MissingFact[] {
  const { cooperationModes, targetCountries, targetRegions } = technology.text
  const facts: MissingFact[] = []
  if (demand.text.cooperationModes.length > 0 && cooperationModes.length === 0)
    facts.push({ to: 'technology', about: 'modes', isMust: false, criterion: null })
  if (demand.country !== null && targetCountries.length === 0 && targetRegions.length === 0)
    facts.push({ to: 'technology', about: 'region', isMust: false, criterion: null })
  return facts
}

/** Figures of the offer that tell how large it is built, in a dimension for which the demand names none. */
function quantities({ demand, technology }: FactPair): MissingFact[] {
  const asked = new Set([
    ...demand.annotation.quantities.map(({ dimension }) => dimension),
    ...demand.text.criteria.flatMap(({ unit }) => (unit === undefined ? [] : (findUnit(unit)?.dimension ?? [])))
  ])
  return technology.text.performance
    .flatMap((line, index) => ({ ...line, index }))
    .filter(({ unit }) => isCapacity(unit) && !asked.has(findUnit(unit)?.dimension ?? ''))
    .slice(0, quantitiesMax)
    .map(({ parameter, value, valueMax, unit, index }) => {
      const field = `/details/performance/${index}/parameter`
      const figure = { parameter, operator: 'eq', value, valueMax: valueMax ?? null, unit }
      const span = { field, start: 0, end: [...parameter].length }
      const concepts = conceptsIn(technology.annotation, field)
      return {
        to: 'demand',
        about: 'quantity',
        isMust: true,
        criterion: { side: 'technology', ...span, text: parameter, figure, concepts }
      }
    })
}

const limits = ['/details/localisation/limits', '/details/localisation/infrastructure']

function conditions({ demand, technology }: FactPair): MissingFact[] {
  if (demand.text.more.some(({ field }) => field === '/details/siteConditions')) return []
  const stated = technology.text.more.find(({ field }) => limits.includes(field))
  if (!stated) return []
  const span = { field: stated.field, start: 0, end: [...stated.text].length }
  const concepts = conceptsIn(technology.annotation, stated.field)
  const criterion: QuestionCriterion = { side: 'technology', ...span, text: stated.text, figure: null, concepts }
  return [{ to: 'demand', about: 'conditions', isMust: false, criterion }]
}

/** What decides over an offer that is not finished, or that has a price. */
function whenAndWhere({ demand, technology }: FactPair): MissingFact[] {
  const facts: MissingFact[] = []
  if (demand.text.country === null) facts.push({ to: 'demand', about: 'country', isMust: true, criterion: null })
  const rank = stageRank(technology)
  if (demand.text.deadline === null && rank !== undefined && rank < lastStage)
    facts.push({ to: 'demand', about: 'deadline', isMust: false, criterion: null })
  const priced = technology.text.performance.find(({ unit }) => isPrice(unit))
  if (priced && !demand.text.criteria.some(({ unit }) => unit !== undefined && isPrice(unit))) {
    const { parameter, value, valueMax = null, unit } = priced
    const figure = { parameter, operator: 'eq', value, valueMax, unit }
    facts.push({ to: 'demand', about: 'budget', isMust: false, criterion: { ...wordsOf('technology', parameter), figure } })
  }
  return facts
}

const wordsOf = (side: Side, text: string): QuestionCriterion => ({
  side,
  field: null,
  start: null,
  end: null,
  text,
  figure: null,
  concepts: []
})

/** The concepts a field names, in its order: of those that meet the longer one, then the one the whole text speaks for. */
function conceptsIn({ concepts }: Annotation, field: string): string[] {
  const named = concepts.flatMap(({ id, spans }) =>
    spans.filter((span) => span.field === field).map(({ start, end }) => ({ id, start, end }))
  )
  const kept: typeof named = []
  for (const one of named.toSorted((a, b) => b.end - b.start - (a.end - a.start)))
    if (!kept.some(({ start, end }) => one.start < end && start < one.end)) kept.push(one)
  return [...new Set(kept.toSorted((a, b) => a.start - b.start).map(({ id }) => id))]
}

function fieldText({ title, summary, description, more }: FactSide['text'], field: string): string {
  if (field === 'title') return title
  if (field === 'summary') return summary
  return field === 'description' ? description : (more.find((line) => line.field === field)?.text ?? '')
}
