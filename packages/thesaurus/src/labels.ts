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

const askedWordsMax = 8
const askedLengthMax = 100

/** Concepts whose labels contain every word asked for, in any language; exact labels first, then shorter ones, then by id. */
export function findConcepts(thesaurus: Thesaurus, asked: string, options: { language?: Language; limit?: number } = {}): Concept[] {
  const wanted = [...asked.normalize('NFKC').trim().toLowerCase()].slice(0, askedLengthMax).join('')
  if (wanted === '') return []
  const searches = (options.language ? [options.language] : languages).map((language): LabelSearch => ({
    language,
    wanted,
    words: normalForms(wanted, language).slice(0, askedWordsMax)
  }))
  const scored = thesaurus.concepts.flatMap((concept) => {
    const best = Math.min(...searches.map((search) => bestDistance(thesaurus, concept, search)))
    return Number.isFinite(best) ? [{ concept, best }] : []
  })
  return scored
    .sort((a, b) => a.best - b.best || (a.concept.id < b.concept.id ? -1 : 1))
    .slice(0, options.limit ?? 20)
    .map(({ concept }) => concept)
}

type LabelSearch = { language: Language; wanted: string; words: string[] }

function bestDistance(thesaurus: Thesaurus, concept: Concept, search: LabelSearch): number {
  const labels = concept.labels[search.language] ?? []
  const plain = Math.min(...labels.map((label) => plainDistance(label.toLowerCase(), search.wanted)))
  if (Number.isFinite(plain) || search.words.length < 2) return plain
  const forms = formsOf(thesaurus, concept, search.language)
  return Math.min(...labels.map((label, index) => (search.words.every((word) => forms[index]?.has(word)) ? label.length + 10 : Infinity)))
}

function plainDistance(label: string, wanted: string): number {
  if (label === wanted) return 0
  return label.includes(wanted) ? label.length - wanted.length : Infinity
}

const knownForms = new WeakMap<Thesaurus, Map<string, Set<string>[]>>()

/** The words of a concept's labels, read once: stemming all labels for every question would hold up the process. */
function formsOf(thesaurus: Thesaurus, concept: Concept, language: Language): Set<string>[] {
  const known = knownForms.get(thesaurus) ?? new Map<string, Set<string>[]>()
  knownForms.set(thesaurus, known)
  const key = `${language} ${concept.id}`
  const forms = known.get(key) ?? (concept.labels[language] ?? []).map((label) => new Set(normalForms(label, language)))
  known.set(key, forms)
  return forms
}
