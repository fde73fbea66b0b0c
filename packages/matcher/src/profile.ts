import type { Annotation, ConceptAnnotation, Span, Thesaurus } from '@siku/thesaurus'
import { EditionMismatchError } from './errors.ts'
import type { MatchSide, Weights } from './types.ts'

export type ProfileConcept = {
  concept: number
  /** How much it says: weight in the text × information × kind. */
  mass: number
  /** How surely the text is about it, 0 to 1. */
  presence: number
  spans: Span[]
}

export type Profile = {
  concepts: ProfileConcept[]
  positions: Map<number, ProfileConcept>
  mass: number
  /** Concepts named only where the demand says what it does not want. */
  refused: ProfileConcept[]
}

const presenceFloor = 0.4
const cache = new WeakMap<Annotation, { thesaurus: Thesaurus; version: string; profile: Profile }>()

/** The concepts of one record as the score weighs them. Depends on the record, the thesaurus and the weights, on nothing else. */
export function profileOf(side: MatchSide, thesaurus: Thesaurus, weights: Weights): Profile {
  const { annotation } = side
  const known = cache.get(annotation)
  if (known && known.thesaurus === thesaurus && known.version === weights.version) return known.profile
  if (annotation.edition !== thesaurus.edition) throw new EditionMismatchError(side.id, annotation.edition, thesaurus.edition)
  const all = annotation.concepts.flatMap((read) => profileConcept(read, thesaurus, weights))
  const concepts = all.filter((entry) => !isRefused(side, entry))
  const profile: Profile = {
    concepts,
    positions: new Map(concepts.map((entry) => [entry.concept, entry])),
    mass: concepts.reduce((sum, entry) => sum + entry.mass, 0),
    refused: all.filter((entry) => isRefused(side, entry))
  }
  cache.set(annotation, { thesaurus, version: weights.version, profile })
  return profile
}

function profileConcept({ id, weight, spans }: ConceptAnnotation, thesaurus: Thesaurus, weights: Weights): ProfileConcept[] {
  const concept = thesaurus.positions.get(id)
  const kind = concept === undefined ? undefined : thesaurus.concepts[concept]?.kind
  if (concept === undefined || kind === undefined) return []
  const mass = weight * (thesaurus.information[concept] ?? 1) * weights.kinds[kind]
  return [{ concept, mass, presence: Math.min(1, presenceFloor + (1 - presenceFloor) * weight), spans }]
}

function isRefused(side: MatchSide, entry: ProfileConcept): boolean {
  return (
    entry.spans.length > 0 &&
    entry.spans.every(({ field }) => {
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
