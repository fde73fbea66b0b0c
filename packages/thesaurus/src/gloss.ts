import type { Language } from '@siku/contracts'
import { findConcept, labelOf } from './labels.ts'
import { unitSymbol } from './units.ts'
import type { Annotation, FieldText, QuantityAnnotation, Span, Thesaurus } from './types.ts'

/** What a place of a foreign text says in the reader's language: a concept's label, or a figure as the reader writes it. */
export type GlossSegment = {
  field: string
  /** Code points of the field, end exclusive. */
  start: number
  end: number
  conceptId: string | null
  quantity: Pick<QuantityAnnotation, 'value' | 'valueMax' | 'operator' | 'unit'> | null
  label: string
}

type GlossedField = Pick<FieldText, 'field' | 'text'>

/**
 * The reader's-language label over every recognised concept and quantity of a text. Segments of a field rise and never overlap: of two
 * that meet the longer stands, then the weightier concept. Places that lie outside the text given, and concepts of another edition, are
 * left out.
 */
export function gloss(thesaurus: Thesaurus, annotation: Annotation, fields: readonly GlossedField[], language: Language): GlossSegment[] {
  const lengths = new Map(fields.map(({ field, text }) => [field, [...text].length]))
  const lies = ({ field, start, end }: Span) => start >= 0 && start < end && end <= (lengths.get(field) ?? 0)
  const proposed = [...conceptSegments(thesaurus, annotation, language), ...quantitySegments(annotation, language)].filter(lies)
  const order = new Map(fields.map(({ field }, index) => [field, index]))
  return withoutOverlaps(proposed).sort((a, b) => (order.get(a.field) ?? 0) - (order.get(b.field) ?? 0) || a.start - b.start)
}

/** In the order of the annotation, which is by weight. */
function conceptSegments(thesaurus: Thesaurus, { concepts }: Annotation, language: Language): GlossSegment[] {
  return concepts
    .filter(({ id }) => findConcept(thesaurus, id))
    .flatMap(({ id, spans }) => {
      const label = labelOf(thesaurus, id, language)
      return spans.map(({ field, start, end }) => ({ field, start, end, conceptId: id, quantity: null, label }))
    })
}

function quantitySegments({ quantities }: Annotation, language: Language): GlossSegment[] {
  return quantities.map(({ value, valueMax, operator, unit, span: { field, start, end } }) => {
    const quantity = { value, valueMax, operator, unit }
    return { field, start, end, conceptId: null, quantity, label: quantityLabel(quantity, language) }
  })
}

const operatorSigns: Record<QuantityAnnotation['operator'], string> = { '=': '', '<': '< ', '<=': '≤ ', '>': '> ', '>=': '≥ ', '~': '≈ ' }

/** A figure in the reader's number format with the unit's symbol, such as "≥ 1 200,5 m³/d". */
export function quantityLabel({ value, valueMax, operator, unit }: NonNullable<GlossSegment['quantity']>, language: Language): string {
  const written = new Intl.NumberFormat(language, { numberingSystem: 'latn', maximumFractionDigits: 6 })
  const figures = valueMax === null ? written.format(value) : `${written.format(value)}–${written.format(valueMax)}`
  return `${operatorSigns[operator]}${figures} ${unitSymbol(unit)}`.trim()
}

function withoutOverlaps(proposed: readonly GlossSegment[]): GlossSegment[] {
  const kept = new Map<string, GlossSegment[]>()
  const byLength = proposed.map((segment, rank) => ({ segment, rank }))
  byLength.sort((a, b) => lengthOf(b.segment) - lengthOf(a.segment) || a.rank - b.rank)
  for (const { segment } of byLength) {
    const others = kept.get(segment.field) ?? []
    if (others.some(({ start, end }) => segment.start < end && start < segment.end)) continue
    kept.set(segment.field, [...others, segment])
  }
  return [...kept.values()].flat()
}

const lengthOf = ({ start, end }: GlossSegment): number => end - start
