import type { Language } from '@siku/contracts'
import type { ReadField } from './read-field.ts'
import type { SettledMatch } from './settle-overlaps.ts'
import type { ConceptAnnotation, LabelEntry, Span, Thesaurus } from './types.ts'

type Sighting = { entries: readonly LabelEntry[]; strength: number; span: Span }

const saturation = 2
const spansMax = 8
const weakStrength = 0.35
const weightMin = 0.02

/** Adds up what was seen, after deciding what ambiguous labels mean here. */
export function collectConcepts(
  thesaurus: Thesaurus,
  fields: readonly { read: ReadField; matches: readonly SettledMatch[] }[],
  language: Language | null
): ConceptAnnotation[] {
  const sightings = fields.flatMap(({ read, matches }) => matches.map((match) => sightingOf(read, match, language)))
  const company = companyOf(thesaurus, sightings)
  const strengths = new Map<number, number>()
  const spans = new Map<number, Span[]>()
  for (const sighting of sightings) {
    const shares = sensesOf(sighting.entries, company)
    sighting.entries.forEach((entry, index) => {
      const support = entry.weak && !company.supports(entry.concept) ? weakStrength : 1
      const strength = sighting.strength * (shares[index] ?? 0) * support
      if (strength <= 0) return
      strengths.set(entry.concept, (strengths.get(entry.concept) ?? 0) + strength)
      spans.set(entry.concept, [...(spans.get(entry.concept) ?? []), sighting.span])
    })
  }
  return [...strengths]
    .map(([concept, strength]) => conceptAnnotation(thesaurus, concept, strength, spans.get(concept) ?? []))
    .filter((annotation) => annotation.weight >= weightMin)
    .sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1))
}

function conceptAnnotation(thesaurus: Thesaurus, concept: number, strength: number, spans: Span[]): ConceptAnnotation {
  const saturated = (strength * (1 + saturation)) / (strength + saturation)
  const weight = saturated * (thesaurus.layerWeights[concept] ?? 1)
  return { id: thesaurus.conceptIds[concept] ?? '', weight: Math.round(weight * 10_000) / 10_000, spans: spans.slice(0, spansMax) }
}

function sightingOf(read: ReadField, match: SettledMatch, language: Language | null): Sighting {
  const first = read.tokens[match.tokens[0] ?? 0]
  const last = read.tokens[match.tokens.at(-1) ?? 0]
  // Letters such as AMR stand for different things in different languages: the text's own language wins.
  const own = match.entries.filter((entry) => entry.language === language)
  const entries = distinct(own.length > 0 ? own : match.entries)
  return {
    entries,
    strength: match.quality * match.share * read.weight,
    span: { field: read.field, start: first?.start ?? 0, end: last?.end ?? 0 }
  }
}

function distinct(entries: readonly LabelEntry[]): LabelEntry[] {
  return entries.filter((entry, index) => entries.findIndex((other) => other.concept === entry.concept) === index)
}

type Company = { fieldShare(concept: number): number; supports(concept: number): boolean }

/** The unambiguous concepts of the text: by field and by neighbourhood. */
function companyOf(thesaurus: Thesaurus, sightings: readonly Sighting[]): Company {
  const present = new Map<number, number>()
  const perField = new Map<string, number>()
  for (const { entries, strength } of sightings) {
    const [only] = entries
    if (entries.length !== 1 || !only || only.weak) continue
    present.set(only.concept, (present.get(only.concept) ?? 0) + strength)
    const field = thesaurus.concepts[only.concept]?.field ?? ''
    perField.set(field, (perField.get(field) ?? 0) + strength)
  }
  const near = neighbours(thesaurus, present)
  return {
    fieldShare: (concept) => {
      const field = perField.get(thesaurus.concepts[concept]?.field ?? '') ?? 0
      return field + 2 * (near.get(concept) ?? 0) + 2 * (present.get(concept) ?? 0)
    },
    supports: (concept) => present.has(concept) || near.has(concept)
  }
}

function neighbours(thesaurus: Thesaurus, present: ReadonlyMap<number, number>): Map<number, number> {
  const near = new Map<number, number>()
  for (const [concept, strength] of present) {
    const source = thesaurus.concepts[concept]
    const targets = [...(source?.broader ?? []), ...(source?.relations ?? []).map((relation) => relation.target)]
    for (const id of targets) {
      const target = thesaurus.positions.get(id)
      if (target !== undefined) near.set(target, (near.get(target) ?? 0) + strength)
    }
  }
  return near
}

/** All senses are kept, each with the share that the company it keeps gives it. */
function sensesOf(entries: readonly LabelEntry[], company: Company): number[] {
  if (entries.length === 1) return [1]
  const claims = entries.map((entry) => 0.5 + company.fieldShare(entry.concept))
  const all = claims.reduce((sum, claim) => sum + claim, 0)
  return claims.map((claim) => claim / all)
}
