import type { Annotation, Span, Thesaurus } from '@siku/thesaurus'
import { EditionMismatchError } from './errors.ts'
import type { MatchSide, Weights } from './types.ts'

/** The concepts of one record as the score weighs them; as plain numbers, because a hundred thousand of them are kept and walked. */
export type Profile = {
  /** Position of each concept in the thesaurus, in the order of the annotation. */
  ids: Int32Array
  /**
   * Two numbers a concept: its mass, which is how much it says (weight in the text × information × kind), and its presence, which is how
   * surely the text is about it (0 to 1).
   */
  values: Float64Array
  /** Weight in the text of each, as the annotation has it. */
  weights: Float64Array
  /** What the text is about by its words, for texts that name nothing. */
  topics: TopicVector
  /** Sum of the masses. */
  mass: number
  /** Concepts named only where the demand says what it does not want. */
  refused: readonly number[]
}

/** Positions in the thesaurus, rising, and the weight of each; the weights have the length 1. */
export type TopicVector = { ids: Int32Array; weights: Float32Array }

export const massAt = ({ values }: Profile, place: number): number => values[place * 2] ?? 0
export const presenceAt = ({ values }: Profile, place: number): number => values[place * 2 + 1] ?? 0

const presenceFloor = 0.4
const cache = new WeakMap<Annotation, { thesaurus: Thesaurus; version: string; profile: Profile }>()

/** Depends on the record, the thesaurus and the weights, on nothing else. */
export function profileOf(side: MatchSide, thesaurus: Thesaurus, weights: Weights): Profile {
  const { annotation } = side
  const known = cache.get(annotation)
  if (known && known.thesaurus === thesaurus && known.version === weights.version) return known.profile
  if (annotation.edition !== thesaurus.edition) throw new EditionMismatchError(side.id, annotation.edition, thesaurus.edition)
  const profile = readProfile(side, thesaurus, weights)
  cache.set(annotation, { thesaurus, version: weights.version, profile })
  return profile
}

/** How much a concept says in a text. */
export function massOf(concept: number, weight: number, { information, concepts }: Thesaurus, { kinds }: Weights): number {
  const kind = concepts[concept]?.kind
  return kind === undefined ? 0 : weight * (information[concept] ?? 1) * kinds[kind]
}

/** How surely a text is about it. */
export const presenceOf = (weight: number): number => Math.min(1, presenceFloor + (1 - presenceFloor) * weight)

const nothing: readonly number[] = []

function readProfile(side: MatchSide, thesaurus: Thesaurus, weights: Weights): Profile {
  const ids: number[] = []
  const values: number[] = []
  const said: number[] = []
  let refused = nothing
  let sum = 0
  for (const { id, weight, spans } of side.annotation.concepts) {
    const concept = thesaurus.positions.get(id)
    if (concept === undefined) continue
    if (isRefused(side, spans)) {
      refused = [...refused, concept]
      continue
    }
    const mass = massOf(concept, weight, thesaurus, weights)
    ids.push(concept)
    values.push(mass, presenceOf(weight))
    said.push(weight)
    sum += mass
  }
  const topics = readTopics(side.annotation, thesaurus)
  return { ids: Int32Array.from(ids), values: Float64Array.from(values), weights: Float64Array.from(said), topics, mass: sum, refused }
}

function readTopics({ topics }: Annotation, thesaurus: Thesaurus): TopicVector {
  const known = topics.flatMap(({ id, weight }) => {
    const position = thesaurus.positions.get(id)
    return position === undefined ? [] : [{ position, weight }]
  })
  known.sort((a, b) => a.position - b.position)
  return { ids: Int32Array.from(known, ({ position }) => position), weights: Float32Array.from(known, ({ weight }) => weight) }
}

/** Whether a concept stands only where a demand says what it does not want. */
export function isRefused(side: { text: Pick<MatchSide['text'], 'criteria'> }, spans: readonly Span[]): boolean {
  return (
    spans.length > 0 &&
    spans.every(({ field }) => {
      const criterion = criterionOf(field)
      return criterion !== undefined && side.text.criteria[criterion]?.kind === 'not'
    })
  )
}

const criterionField = /\/criteria\/(\d+)(?:\/|$)/

/** Which criterion a field of the public text belongs to, if any. */
export function criterionOf(field: string): number | undefined {
  const match = criterionField.exec(field)
  return match ? Number(match[1]) : undefined
}
