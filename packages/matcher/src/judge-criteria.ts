import type { Criterion } from '@siku/contracts'
import { normalForms, type QuantityAnnotation } from '@siku/thesaurus'
import type { BestPair } from './concept-features.ts'
import { askedRange, meets, offeredRange, type Asked, type Range } from './compare-quantities.ts'
import { criterionOf, type Profile } from './profile.ts'
import type { CriterionOutcome, Figure, MatchSide } from './types.ts'

const enoughCovered = 0.5
const strongSimilarity = 0.6

export type Sides = {
  demand: MatchSide
  technology: MatchSide
  demandProfile: Profile
  technologyProfile: Profile
  pairs: readonly BestPair[]
}

/** What becomes of every criterion of the demand, and of the figures its text asks for. */
export function judgeCriteria(sides: Sides): CriterionOutcome[] {
  const stated = sides.demand.text.criteria.map((criterion, index) => judgeOne(criterion, index, sides))
  const asked = stated.some((outcome) => outcome.asked) ? [] : figuresAsked(sides.demand, sides.technology, stated.length)
  return [...stated, ...asked]
}

function judgeOne(criterion: Criterion, index: number, sides: Sides): CriterionOutcome {
  const base = { index, kind: criterion.kind, text: criterion.text }
  const asked = askedOf(criterion)
  const range = asked && askedRange(asked)
  if (!asked || !range) return { ...base, asked: asked ?? null, offered: null, outcome: judgeByConcepts(index, criterion.kind, sides) }
  const found = findFigure(range, asked.parameter, sides.technology, sides.demand.text.sourceLanguage)
  return { ...base, asked, offered: found?.figure ?? null, outcome: outcomeOf(criterion.kind, found) }
}

/** Only a decisive figure can contradict; silence leaves a wish open. */
function outcomeOf(kind: Criterion['kind'], found: Found | undefined): CriterionOutcome['outcome'] {
  const met = found?.met ?? false
  const decisive = found?.decisive ?? false
  if (kind === 'not') return met && decisive ? 'contradicted' : 'met'
  return met ? 'met' : decisive ? 'contradicted' : 'open'
}

function askedOf(criterion: Criterion): (Asked & { parameter: string | null }) | undefined {
  if (criterion.value === undefined || criterion.unit === undefined) return undefined
  return {
    parameter: criterion.parameter ?? null,
    operator: criterion.operator ?? 'eq',
    value: criterion.value,
    valueMax: criterion.valueMax ?? null,
    unit: criterion.unit
  }
}

type Found = { figure: Figure; met: boolean; decisive: boolean }

/** The figure of the offer that answers: a stated performance decides, a figure in the text can only speak for. */
function findFigure(range: Range, parameter: string | null, technology: MatchSide, language: string): Found | undefined {
  const stated = technology.text.performance.flatMap((line): (Found & { named: boolean })[] => {
    const valueMax = line.valueMax ?? null
    const offered = offeredRange({ value: line.value, valueMax, operator: '=', unit: line.unit })
    if (offered?.dimension !== range.dimension) return []
    const named = sharesWord(parameter, line.parameter, language, technology.text.sourceLanguage)
    return [{ figure: { value: line.value, valueMax, unit: line.unit, span: null }, met: meets(range, offered), decisive: true, named }]
  })
  const named = stated.filter((line) => line.named)
  const candidates = named.length > 0 ? named : stated
  const best = candidates.find((line) => line.met) ?? candidates[0]
  // Of several unnamed figures of the dimension none is known to be the one meant.
  if (best) return { figure: best.figure, met: best.met, decisive: named.length > 0 || stated.length === 1 }
  const written = technology.annotation.quantities.find((quantity) => answers(range, quantity))
  if (!written) return undefined
  const { value, valueMax, unit, span } = written
  return { figure: { value, valueMax, unit, span }, met: true, decisive: false }
}

function answers(range: Range, quantity: QuantityAnnotation): boolean {
  const offered = offeredRange(quantity)
  return offered !== undefined && meets(range, offered)
}

function sharesWord(asked: string | null, offered: string, askedLanguage: string, offeredLanguage: string): boolean {
  if (asked === null) return false
  const words = new Set(normalForms(asked, askedLanguage))
  return normalForms(offered, offeredLanguage).some((word) => words.has(word))
}

/** A criterion in words is judged by the concepts read in its own text. */
function judgeByConcepts(index: number, kind: Criterion['kind'], sides: Sides): CriterionOutcome['outcome'] {
  const inText = (spans: readonly { field: string }[]) => spans.some((span) => criterionOf(span.field) === index)
  if (kind === 'not') {
    const named = sides.demandProfile.refused.filter((entry) => inText(entry.spans))
    const offered = named.filter((entry) => sides.technologyProfile.positions.has(entry.concept))
    return named.length > 0 && offered.length * 2 > named.length ? 'contradicted' : 'met'
  }
  const own = sides.demandProfile.concepts.filter((entry) => inText(entry.spans))
  const mass = own.reduce((sum, entry) => sum + entry.mass, 0)
  const near = sides.pairs.filter((pair) => pair.similarity >= strongSimilarity && inText(pair.from.spans))
  return mass > 0 && near.reduce((sum, pair) => sum + pair.from.mass, 0) >= mass * enoughCovered ? 'met' : 'open'
}

/** Where the demand states no structured figures, what its text asks for with "at least", "up to" and the like. */
function figuresAsked(demand: MatchSide, technology: MatchSide, from: number): CriterionOutcome[] {
  return demand.annotation.quantities
    .filter((quantity) => ['>=', '>', '<=', '<'].includes(quantity.operator))
    .slice(0, 5)
    .flatMap((quantity, at): CriterionOutcome[] => {
      const { operator, value, valueMax, unit } = quantity
      const asked = { parameter: null, operator, value, valueMax, unit }
      const range = askedRange(asked)
      if (!range) return []
      const found = findFigure(range, null, technology, demand.text.sourceLanguage)
      return [{ index: from + at, kind: 'nice', text: '', asked, offered: found?.figure ?? null, outcome: found?.met ? 'met' : 'open' }]
    })
}
