import { NotFound } from '@siku/service-kit'
import { findConcept, findConcepts, labelOf, type Concept, type ConceptKind, type Thesaurus } from '@siku/thesaurus'
import { languages, type Language } from '@siku/contracts'
import {
  treeLinesMax,
  type ConceptLine,
  type ConceptTree,
  type ConceptView,
  type ThesaurusFields,
  type TreeQuery
} from './browse-schemas.ts'

type Neighbours = {
  narrower: Map<string, string[]>
  incoming: Map<string, { kind: Concept['relations'][number]['kind']; source: string }[]>
}
const neighbours = new WeakMap<Thesaurus, Neighbours>()

/** What points at each concept, read off once. */
function neighboursOf(thesaurus: Thesaurus): Neighbours {
  const known = neighbours.get(thesaurus)
  if (known) return known
  const made: Neighbours = { narrower: new Map(), incoming: new Map() }
  const push = <T>(map: Map<string, T[]>, id: string, value: T) => map.set(id, [...(map.get(id) ?? []), value])
  for (const { id, broader, relations } of thesaurus.concepts) {
    for (const parent of broader) push(made.narrower, parent, id)
    for (const { kind, target } of relations) push(made.incoming, target, { kind, source: id })
  }
  neighbours.set(thesaurus, made)
  return made
}

export type Asked = { q: string; lang?: Language; kind?: ConceptKind; field?: string; limit?: number; language: Language }

/** Concepts by the words of their labels, of one kind or field if asked. */
export function searchConcepts(thesaurus: Thesaurus, { q, lang, kind, field, limit = 20, language }: Asked) {
  const isNarrowed = kind !== undefined || field !== undefined
  const found = findConcepts(thesaurus, q, { limit: isNarrowed ? thesaurus.concepts.length : limit, ...(lang ? { language: lang } : {}) })
  const data = found
    .filter((concept) => (kind === undefined || concept.kind === kind) && (field === undefined || concept.field === field))
    .slice(0, limit)
    .map((concept) => lineOf(thesaurus, concept, language))
  return { edition: thesaurus.edition, data }
}

const lineOf = (thesaurus: Thesaurus, { id, kind, field }: Concept, language: Language): ConceptLine => ({
  id,
  kind,
  field,
  label: labelOf(thesaurus, id, language)
})

export function viewConcept(thesaurus: Thesaurus, id: string, language: Language): ConceptView {
  const concept = findConcept(thesaurus, id)
  if (!concept) throw NotFound()
  const { narrower, incoming } = neighboursOf(thesaurus)
  const labelled = (target: string) => ({
    id: target,
    label: findConcept(thesaurus, target) ? labelOf(thesaurus, target, language) : target
  })
  return {
    ...lineOf(thesaurus, concept, language),
    edition: thesaurus.edition,
    labels: Object.fromEntries(languages.map((one) => [one, concept.labels[one] ?? []])) as ConceptView['labels'],
    broader: concept.broader.map(labelled),
    narrower: (narrower.get(id) ?? []).map(labelled),
    relations: concept.relations.map(({ kind, target }) => ({ kind, target: labelled(target) })),
    relatedFrom: (incoming.get(id) ?? []).map(({ kind, source }) => ({ kind, source: labelled(source) }))
  }
}

export function listFields(thesaurus: Thesaurus, language: Language): ThesaurusFields {
  const counts = new Map<string, number>()
  for (const { field } of thesaurus.concepts) counts.set(field, (counts.get(field) ?? 0) + 1)
  const data = thesaurus.fields.map(({ field, weight, title }) => ({
    field,
    title: title[language] ?? field,
    weight,
    concepts: counts.get(field) ?? 0
  }))
  return { edition: thesaurus.edition, data }
}

/** The outline below a root, or of a whole field from its topmost concepts. */
export function outlineTree(thesaurus: Thesaurus, { root, field, depth = 2 }: TreeQuery, language: Language): ConceptTree {
  if (root !== undefined && !findConcept(thesaurus, root)) throw NotFound()
  const { narrower } = neighboursOf(thesaurus)
  const tops = root === undefined ? topmostOf(thesaurus, field) : [root]
  const data: ConceptTree['data'] = []
  const visit = (id: string, parent: string | null, at: number): void => {
    const concept = findConcept(thesaurus, id)
    if (!concept || data.length > treeLinesMax) return
    const below = narrower.get(id) ?? []
    data.push({ id, label: labelOf(thesaurus, id, language), kind: concept.kind, depth: at, parent, narrower: below.length })
    if (at < depth) for (const child of below) visit(child, id, at + 1)
  }
  for (const id of tops) visit(id, null, 0)
  return { edition: thesaurus.edition, data: data.slice(0, treeLinesMax), cut: data.length > treeLinesMax }
}

/** Concepts of a field (or of all) without anything broader. */
const topmostOf = (thesaurus: Thesaurus, field: string | undefined): string[] =>
  thesaurus.concepts
    .filter((concept) => concept.broader.length === 0 && (field === undefined || concept.field === field))
    .map(({ id }) => id)
