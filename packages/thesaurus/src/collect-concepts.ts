import { conceptTablesOf } from './concept-tables.ts'
import type { Sightings } from './sightings.ts'
import { addTo, clearSums, createSums } from './sums.ts'
import type { ConceptAnnotation, Span, Thesaurus } from './types.ts'

const saturation = 2
const spansMax = 8
const weakStrength = 0.35
const weightMin = 0.02

const strengths = createSums()
/** Where each concept was seen: chains of sightings. */
const firstSeen: number[] = []
const lastSeen: number[] = []
const evidence = { count: 0, seen: [0], next: [0] }

/** Adds up what was seen, after deciding what ambiguous labels mean here. */
export function collectConcepts(thesaurus: Thesaurus, sightings: Sightings): ConceptAnnotation[] {
  const { entries } = thesaurus.trie
  const company: Company = { thesaurus, sightings, isGathered: false }
  clearSums(strengths, thesaurus.concepts.length)
  evidence.count = 0
  for (let seen = 0, from = 0; seen < sightings.count; seen++) {
    const to = sightings.rowsEnd[seen] ?? 0
    const strength = sightings.strength[seen] ?? 0
    const shares = to - from > 1 ? sharesOf(company, from, to) : alone
    for (let at = from; at < to; at++) {
      const row = sightings.rows[at] ?? 0
      const concept = entries.concepts[row] ?? 0
      const support = isWeak(entries.marks[row]) && !isSupported(company, concept) ? weakStrength : 1
      const own = strength * (shares[at - from] ?? 0) * support
      if (own > 0) addEvidence(concept, own, seen)
    }
    from = to
  }
  return annotationsOf(thesaurus, sightings)
}

const alone: readonly number[] = [1]
const isWeak = (marks: number | undefined): boolean => ((marks ?? 0) & 1) === 1

function addEvidence(concept: number, strength: number, seen: number): void {
  const link = ++evidence.count
  evidence.seen[link] = seen
  evidence.next[link] = 0
  if (strengths.isTouched[concept] === 0) firstSeen[concept] = link
  else evidence.next[lastSeen[concept] ?? 0] = link
  lastSeen[concept] = link
  addTo(strengths, concept, strength)
}

function annotationsOf(thesaurus: Thesaurus, sightings: Sightings): ConceptAnnotation[] {
  const annotations: ConceptAnnotation[] = []
  for (let nth = 0; nth < strengths.count; nth++) {
    const concept = strengths.touched[nth] ?? 0
    const strength = strengths.amounts[concept] ?? 0
    const saturated = (strength * (1 + saturation)) / (strength + saturation)
    const weight = Math.round(saturated * (thesaurus.layerWeights[concept] ?? 1) * 10_000) / 10_000
    if (weight >= weightMin) annotations.push({ id: thesaurus.conceptIds[concept] ?? '', weight, spans: spansOf(concept, sightings) })
  }
  return annotations.sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1))
}

function spansOf(concept: number, { field, start, end }: Sightings): Span[] {
  const spans: Span[] = []
  for (let link = firstSeen[concept] ?? 0; link !== 0 && spans.length < spansMax; link = evidence.next[link] ?? 0) {
    const seen = evidence.seen[link] ?? 0
    spans.push({ field: field[seen] ?? '', start: start[seen] ?? 0, end: end[seen] ?? 0 })
  }
  return spans
}

const present = createSums()
const near = createSums()
const inFields = createSums()

/** The unambiguous concepts of the text: by field and by neighbourhood. Only an ambiguous or a weak label asks for them. */
type Company = { thesaurus: Thesaurus; sightings: Sightings; isGathered: boolean }

function claimOf(company: Company, concept: number): number {
  if (!company.isGathered) gatherCompany(company)
  const field = inFields.amounts[conceptTablesOf(company.thesaurus).fieldOf[concept] ?? 0] ?? 0
  return field + 2 * (near.amounts[concept] ?? 0) + 2 * (present.amounts[concept] ?? 0)
}

function isSupported(company: Company, concept: number): boolean {
  if (!company.isGathered) gatherCompany(company)
  return present.isTouched[concept] === 1 || near.isTouched[concept] === 1
}

function gatherCompany(company: Company): void {
  company.isGathered = true
  const { thesaurus, sightings } = company
  const { entries } = thesaurus.trie
  const { fieldOf, fieldCount, targets } = conceptTablesOf(thesaurus)
  clearSums(present, thesaurus.concepts.length)
  clearSums(near, thesaurus.concepts.length)
  clearSums(inFields, fieldCount)
  for (let seen = 0, from = 0; seen < sightings.count; seen++) {
    const to = sightings.rowsEnd[seen] ?? 0
    const row = sightings.rows[from] ?? 0
    if (to - from === 1 && !isWeak(entries.marks[row])) {
      const concept = entries.concepts[row] ?? 0
      addTo(present, concept, sightings.strength[seen] ?? 0)
      addTo(inFields, fieldOf[concept] ?? 0, sightings.strength[seen] ?? 0)
    }
    from = to
  }
  for (let nth = 0; nth < present.count; nth++) {
    const concept = present.touched[nth] ?? 0
    const strength = present.amounts[concept] ?? 0
    for (let at = targets.from[concept] ?? 0; at < (targets.from[concept + 1] ?? 0); at++) addTo(near, targets.items[at] ?? 0, strength)
  }
}

/** All senses are kept, each with the share that the company it keeps gives it. */
function sharesOf(company: Company, from: number, to: number): number[] {
  const { entries } = company.thesaurus.trie
  const shares: number[] = []
  let all = 0
  for (let at = from; at < to; at++) {
    const claim = 0.5 + claimOf(company, entries.concepts[company.sightings.rows[at] ?? 0] ?? 0)
    shares.push(claim)
    all += claim
  }
  for (let at = 0; at < shares.length; at++) shares[at] = (shares[at] ?? 0) / all
  return shares
}
