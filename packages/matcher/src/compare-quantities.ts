import { findUnit, type QuantityAnnotation } from '@siku/thesaurus'

/** A closed range in the base unit of a dimension; open ends are infinite. */
export type Range = { low: number; high: number; dimension: string }

export type Asked = { operator: string; value: number; valueMax: number | null; unit: string }

const equalTolerance = 0.05

/** What the demand asks for, as a range; undefined where we do not know the unit. */
export function askedRange({ operator, value, valueMax, unit }: Asked): Range | undefined {
  const known = findUnit(unit)
  if (!known) return undefined
  const low = value * known.factor
  const { dimension } = known
  switch (operator) {
    case 'gte':
    case 'gt':
    case '>=':
    case '>':
      return { low, high: Infinity, dimension }
    case 'lte':
    case 'lt':
    case '<=':
    case '<':
      return { low: -Infinity, high: low, dimension }
    case 'between':
      return { low, high: (valueMax ?? value) * known.factor, dimension }
    default: {
      if (valueMax !== null) return { low, high: valueMax * known.factor, dimension }
      const slack = Math.abs(low) * equalTolerance
      return { low: low - slack, high: low + slack, dimension }
    }
  }
}

/** What an offer states: a figure, or a range it can be built for ("up to" starts at nought). */
export function offeredRange(quantity: Pick<QuantityAnnotation, 'value' | 'valueMax' | 'operator' | 'unit'>): Range | undefined {
  const known = findUnit(quantity.unit)
  if (!known) return undefined
  const value = quantity.value * known.factor
  const { dimension } = known
  if (quantity.valueMax !== null) return { low: value, high: quantity.valueMax * known.factor, dimension }
  if (quantity.operator === '>=' || quantity.operator === '>') return { low: value, high: Infinity, dimension }
  if (quantity.operator === '<=' || quantity.operator === '<') return { low: 0, high: value, dimension }
  return { low: value, high: value, dimension }
}

/** Whether some value of the offer lies in what is asked: ≥ 500 kW is met by 200–1,200 kW. */
export function meets(asked: Range, offered: Range): boolean {
  return offered.dimension === asked.dimension && offered.high >= asked.low && offered.low <= asked.high
}
