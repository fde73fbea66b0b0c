import { languages } from '@siku/contracts'
import { conceptKinds, relationKinds, type Concept, type RelationKind, type Thesaurus } from '@siku/thesaurus'

/** A thing in the graph, by a prefixed name, or words in a language. */
export type Term = { name: string } | { text: string; language?: string }
export type Resource = { name: string; properties: [property: string, values: Term[]][] }

/**
 * Names do not depend on where an installation stands, so that exports of two installations speak of the same concepts.
 * `r`: relations that SKOS does not know; each is declared in the graph as a semantic relation of SKOS.
 */
export const prefixes = {
  skos: 'http://www.w3.org/2004/02/skos/core#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  owl: 'http://www.w3.org/2002/07/owl#',
  dct: 'http://purl.org/dc/terms/',
  s: 'urn:siku:thesaurus:',
  c: 'urn:siku:thesaurus:concept:',
  f: 'urn:siku:thesaurus:field:',
  k: 'urn:siku:thesaurus:kind:',
  r: 'urn:siku:thesaurus:relation:'
} as const

const scheme = 's:scheme'
const title = 'Siku partnering thesaurus'
const names = (prefix: keyof typeof prefixes, ids: readonly string[]): Term[] => ids.map((id) => ({ name: `${prefix}:${id}` }))
const text = (words: string, language?: string): Term => ({ text: words, ...(language === undefined ? {} : { language }) })

const meanings: Record<RelationKind, string> = {
  addresses: 'solves or eases the problem',
  appliesTo: 'is used on or for',
  partOf: 'is a part of',
  produces: 'makes or yields',
  alternativeTo: 'may take the place of',
  relatedTo: 'is related to in another way'
}

/** An edition of the thesaurus as SKOS, one resource after another: the scheme, what it declares beyond SKOS, fields, concepts. */
export function* skosResources(thesaurus: Thesaurus): Generator<Resource> {
  yield schemeOf(thesaurus)
  for (const kind of relationKinds) yield relationOf(kind)
  for (const kind of conceptKinds) {
    yield {
      name: `k:${kind}`,
      properties: [
        ['a', names('skos', ['Concept'])],
        ['skos:prefLabel', [text(kind, 'en')]]
      ]
    }
  }
  yield* fieldsOf(thesaurus)
  const isAbove = ancestry(thesaurus)
  for (const concept of thesaurus.concepts) yield conceptOf(concept, isAbove)
}

function schemeOf({ edition, concepts }: Thesaurus): Resource {
  return {
    name: scheme,
    properties: [
      ['a', names('skos', ['ConceptScheme'])],
      ['dct:title', [text(title, 'en')]],
      ['owl:versionInfo', [text(edition)]],
      ['dct:language', languages.map((language) => text(language))],
      [
        'skos:hasTopConcept',
        names(
          'c',
          concepts.filter(({ broader }) => broader.length === 0).map(({ id }) => id)
        )
      ]
    ]
  }
}

const relationOf = (kind: RelationKind): Resource => ({
  name: `r:${kind}`,
  properties: [
    ['a', names('owl', ['ObjectProperty'])],
    ['rdfs:subPropertyOf', names('skos', ['semanticRelation'])],
    ['rdfs:label', [text(meanings[kind], 'en')]]
  ]
})

function* fieldsOf({ fields, concepts }: Thesaurus): Generator<Resource> {
  for (const { field, title: titles } of fields) {
    const members = concepts.filter((concept) => concept.field === field).map(({ id }) => id)
    yield {
      name: `f:${field}`,
      properties: [
        ['a', names('skos', ['Collection'])],
        ['skos:prefLabel', languages.flatMap((language) => (titles[language] ? [text(titles[language], language)] : []))],
        ['skos:member', names('c', members)]
      ]
    }
  }
}

function conceptOf({ id, kind, labels, broader, relations }: Concept, isAbove: IsAbove): Resource {
  const labelsOf = (pick: (all: readonly string[]) => readonly string[]) =>
    languages.flatMap((language) => pick([...new Set(labels[language] ?? [])]).map((label) => text(label, language)))
  // What stands above or below may not be skos:related too (SKOS Reference, S27); as a typed relation it may.
  const related = relations.filter(({ kind: relation, target }) => relation === 'relatedTo' && !isAbove(id, target) && !isAbove(target, id))
  return {
    name: `c:${id}`,
    properties: [
      ['a', names('skos', ['Concept'])],
      ['skos:inScheme', [{ name: scheme }]],
      ...(broader.length === 0 ? [['skos:topConceptOf', [{ name: scheme }]] as [string, Term[]]] : []),
      ['dct:type', names('k', [kind])],
      ['skos:prefLabel', labelsOf((all) => all.slice(0, 1))],
      ['skos:altLabel', labelsOf((all) => all.slice(1))],
      ['skos:broader', names('c', broader)],
      ['skos:related', names('c', targets(related))],
      ...relationKinds.map((relation): [string, Term[]] => [
        `r:${relation}`,
        names('c', targets(relations.filter((one) => one.kind === relation)))
      ])
    ]
  }
}

const targets = (relations: Concept['relations']): string[] => [...new Set(relations.map(({ target }) => target))]

type IsAbove = (id: string, other: string) => boolean

/** Whether `other` stands anywhere above `id`. */
function ancestry({ concepts, positions }: Thesaurus): IsAbove {
  const known = new Map<string, ReadonlySet<string>>()
  const aboveOf = (id: string): ReadonlySet<string> => {
    const found = known.get(id)
    if (found) return found
    const above = new Set<string>()
    for (const parent of concepts[positions.get(id) ?? -1]?.broader ?? []) {
      above.add(parent)
      for (const further of aboveOf(parent)) above.add(further)
    }
    known.set(id, above)
    return above
  }
  return (id, other) => aboveOf(id).has(other)
}
