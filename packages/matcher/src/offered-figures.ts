import { normalForms, type QuantityAnnotation } from '@siku/thesaurus'
import { meets, offeredRange, type Range } from './compare-quantities.ts'
import type { Figure, MatchSide } from './types.ts'

export type OfferedFigure = {
  figure: Figure
  range: Range
  /** Words of the parameter it stands for. */
  words: readonly string[]
}

/** The figures of a technology, read once for all the demands they are held against. */
export type OfferedFigures = {
  /** Performance as stated, field by field. */
  stated: OfferedFigure[]
  /** Figures met in the text. */
  written: OfferedFigure[]
}

const cache = new WeakMap<MatchSide, OfferedFigures>()

function offeredFigures(technology: MatchSide): OfferedFigures {
  const known = cache.get(technology)
  if (known) return known
  const stated = technology.text.performance.flatMap((line): OfferedFigure[] => {
    const valueMax = line.valueMax ?? null
    const range = offeredRange({ value: line.value, valueMax, operator: '=', unit: line.unit })
    if (!range) return []
    const figure = { value: line.value, valueMax, unit: line.unit, span: null }
    return [{ figure, range, words: normalForms(line.parameter, technology.text.sourceLanguage) }]
  })
  const figures = { stated, written: technology.annotation.quantities.flatMap(writtenFigure) }
  cache.set(technology, figures)
  return figures
}

function writtenFigure(quantity: QuantityAnnotation): OfferedFigure[] {
  const range = offeredRange(quantity)
  const { value, valueMax, unit, span } = quantity
  return range ? [{ figure: { value, valueMax, unit, span }, range, words: [] }] : []
}

export type FoundFigure = { figure: Figure; met: boolean; decisive: boolean }

/** The figure of the offer that answers: a stated performance decides, a figure in the text can only speak for. */
export function findFigure(technology: MatchSide, range: Range, words: ReadonlySet<string>): FoundFigure | undefined {
  const { stated, written } = offeredFigures(technology)
  const comparable = stated.length === 0 ? stated : stated.filter((line) => line.range.dimension === range.dimension)
  if (comparable.length > 0) return decide(comparable, range, words)
  const speaking = written.find((line) => meets(range, line.range))
  return speaking && { figure: speaking.figure, met: true, decisive: false }
}

function decide(comparable: readonly OfferedFigure[], range: Range, words: ReadonlySet<string>): FoundFigure | undefined {
  const named = words.size === 0 ? [] : comparable.filter((line) => line.words.some((word) => words.has(word)))
  const candidates = named.length > 0 ? named : comparable
  const best = candidates.find((line) => meets(range, line.range)) ?? candidates[0]
  // Of several unnamed figures of the dimension none is known to be the one meant.
  return best && { figure: best.figure, met: meets(range, best.range), decisive: named.length > 0 || comparable.length === 1 }
}
