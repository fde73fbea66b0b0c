import { Closed, CodeOf, languages, type Language } from '@siku/contracts'
import { conceptKinds, relationKinds } from '@siku/thesaurus'
import { Type, type Static } from 'typebox'

export const Lang = Type.Optional(
  CodeOf(languages, 'Language of the labels shown, and with `q` the language searched in; Accept-Language without it')
)
export const ConceptId = Type.String({ minLength: 1, maxLength: 120, pattern: '^[a-z0-9-]+$' })
export const FieldName = Type.String({
  minLength: 1,
  maxLength: 40,
  pattern: '^[a-z0-9-]+$',
  description: 'Field, as in /v1/thesaurus/fields'
})
export const Labelled = Closed({ id: Type.String(), label: Type.String() })
export const ConceptLine = Closed({ id: Type.String(), kind: CodeOf(conceptKinds), field: Type.String(), label: Type.String() })
export type ConceptLine = Static<typeof ConceptLine>

const labelLists = Object.fromEntries(languages.map((language) => [language, Type.Array(Type.String())])) as unknown as Record<
  Language,
  ReturnType<typeof Type.Array<ReturnType<typeof Type.String>>>
>

export const ConceptView = Closed(
  {
    id: Type.String(),
    edition: Type.String({ description: 'Edition of the thesaurus' }),
    kind: CodeOf(conceptKinds),
    field: Type.String(),
    label: Type.String({ description: 'Preferred label in the reader’s language' }),
    labels: Closed(labelLists, { description: 'All labels of each language, preferred first' }),
    broader: Type.Array(Labelled),
    narrower: Type.Array(Labelled),
    relations: Type.Array(Closed({ kind: CodeOf(relationKinds), target: Labelled })),
    relatedFrom: Type.Array(Closed({ kind: CodeOf(relationKinds), source: Labelled }), {
      description: 'Relations that other concepts have to this one: for a problem, the methods that address it'
    })
  },
  { $id: 'Concept' }
)
export type ConceptView = Static<typeof ConceptView>

export const ThesaurusFields = Closed(
  {
    edition: Type.String(),
    data: Type.Array(
      Closed({
        field: Type.String(),
        title: Type.String({ description: 'In the reader’s language' }),
        weight: Type.Number({ description: 'How much a concept of this layer counts; everyday words count about a third' }),
        concepts: Type.Integer({ minimum: 0 })
      })
    )
  },
  { $id: 'ThesaurusFields' }
)
export type ThesaurusFields = Static<typeof ThesaurusFields>

const treeDepthMax = 6
export const treeLinesMax = 500

/** The tree as an outline: each line below its parent, depth first, so that it can be read and folded without recursion. */
export const ConceptTree = Closed(
  {
    edition: Type.String(),
    data: Type.Array(
      Closed({
        id: Type.String(),
        label: Type.String(),
        kind: CodeOf(conceptKinds),
        depth: Type.Integer({ minimum: 0 }),
        parent: Type.Union([Type.String(), Type.Null()]),
        narrower: Type.Integer({ minimum: 0, description: 'Concepts right below, shown or not' })
      }),
      { maxItems: treeLinesMax }
    ),
    cut: Type.Boolean({ description: `There is more than ${treeLinesMax} lines; name a root below` })
  },
  { $id: 'ConceptTree' }
)
export type ConceptTree = Static<typeof ConceptTree>

export const TreeQuery = Closed({
  root: Type.Optional(ConceptId),
  field: Type.Optional(FieldName),
  depth: Type.Optional(Type.Integer({ minimum: 1, maximum: treeDepthMax, default: 2 })),
  lang: Lang
})
export type TreeQuery = Static<typeof TreeQuery>
