import { languages, type Language } from '@siku/contracts'
import { ConceptUnknownError } from './errors.ts'
import { normalForms } from './normal-forms.ts'
import type { Concept, Thesaurus } from './types.ts'

/** The preferred label in the reader's language, else in English. Throws ConceptUnknownError on a foreign id. */
export function labelOf(thesaurus: Thesaurus, conceptId: string, language: Language): string {
  const { labels, id } = getConcept(thesaurus, conceptId)
  return labels[language]?.[0] ?? labels.en?.[0] ?? labels.zh?.[0] ?? id
}

/** Every label of a concept in one language, preferred first. */
export function conceptLabels(thesaurus: Thesaurus, conceptId: string, language: Language): readonly string[] {
  return getConcept(thesaurus, conceptId).labels[language] ?? []
}

export function getConcept(thesaurus: Thesaurus, conceptId: string): Concept {
  const concept = findConcept(thesaurus, conceptId)
  if (!concept) throw new ConceptUnknownError(conceptId, thesaurus.edition)
  return concept
}

export function findConcept(thesaurus: Thesaurus, conceptId: string): Concept | undefined {
  const position = thesaurus.positions.get(conceptId)
  return position === undefined ? undefined : thesaurus.concepts[position]
}

/** Concepts whose labels contain every word asked for, in any language; exact labels first, then shorter ones, then by id. */
export function findConcepts(thesaurus: Thesaurus, asked: string, options: { language?: Language; limit?: number } = {}): Concept[] {
  const wanted = asked.normalize('NFKC').trim().toLowerCase()
  if (wanted === '') return []
  const searched = options.language ? [options.language] : languages
  const scored = thesaurus.concepts.flatMap((concept) => {
    const lengths = searched.flatMap((language) => (concept.labels[language] ?? []).map((label) => distanceOf(label, wanted, language)))
    const best = Math.min(...lengths)
    return Number.isFinite(best) ? [{ concept, best }] : []
  })
  return scored
    .sort((a, b) => a.best - b.best || (a.concept.id < b.concept.id ? -1 : 1))
    .slice(0, options.limit ?? 20)
    .map(({ concept }) => concept)
}

function distanceOf(label: string, wanted: string, language: Language): number {
  const lower = label.toLowerCase()
  if (lower === wanted) return 0
  if (lower.includes(wanted)) return lower.length - wanted.length
  const words = normalForms(wanted, language)
  if (words.length < 2) return Infinity
  const own = new Set(normalForms(label, language))
  return words.every((word) => own.has(word)) ? lower.length + 10 : Infinity
}
