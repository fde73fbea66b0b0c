import { Closed, CodeOf, languages, ListOf, Text, type Language } from '@siku/contracts'
import { NotFound, problemResponses, refTo, type RouteAccess, type Service } from '@siku/service-kit'
import { conceptKinds, findConcept, findConcepts, labelOf, relationKinds, type Thesaurus } from '@siku/thesaurus'
import type { IncomingHttpHeaders } from 'node:http'
import { Type, type Static } from 'typebox'
import { preferredLanguage } from '../review/reader.ts'

const Lang = Type.Optional(
  CodeOf(languages, 'Language of the labels shown, and with `q` the language searched in; Accept-Language without it')
)
const conceptsMax = 50
const ConceptId = Type.String({ minLength: 1, maxLength: 120, pattern: '^[a-z0-9-]+$' })
const Labelled = Closed({ id: Type.String(), label: Type.String() })

const labelLists = Object.fromEntries(languages.map((language) => [language, Type.Array(Type.String())])) as unknown as Record<
  Language,
  ReturnType<typeof Type.Array<ReturnType<typeof Type.String>>>
>

const ConceptLine = Closed({ id: Type.String(), kind: CodeOf(conceptKinds), field: Type.String(), label: Type.String() })

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
    relations: Type.Array(Closed({ kind: CodeOf(relationKinds), target: Labelled }))
  },
  { $id: 'Concept' }
)
export type ConceptView = Static<typeof ConceptView>

const Query = Closed({
  q: Text(200, 'Words of a label, in any language unless `lang` says which'),
  lang: Lang,
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: conceptsMax, default: 20 }))
})
const Page = Closed({ edition: Type.String(), data: ListOf(ConceptLine, conceptsMax) })

const tags = ['thesaurus']
const config: { access: RouteAccess } = { access: { action: 'vocabulary.read', scope: 'matching:read' } }

/** The language of concepts that both sides are read in, for anyone to look up. */
export function conceptRoutes(app: Service, { thesaurus }: { thesaurus: Thesaurus }): void {
  app.get(
    '',
    {
      config,
      schema: {
        operationId: 'find_concepts',
        tags,
        summary: 'Concepts by the words of their labels',
        querystring: Query,
        response: { 200: Page }
      }
    },
    ({ query, headers }) => conceptsFor(thesaurus, { ...query, language: languageOf(headers, query.lang) })
  )

  app.get(
    '/:id',
    {
      config,
      schema: {
        operationId: 'get_concept',
        tags,
        summary: 'One concept: labels, broader, narrower, relations',
        params: Closed({ id: ConceptId }),
        querystring: Closed({ lang: Lang }),
        response: { 200: refTo(ConceptView), ...problemResponses(404) }
      }
    },
    ({ params, query, headers }) => conceptView(thesaurus, params.id, languageOf(headers, query.lang))
  )
}

const languageOf = (headers: IncomingHttpHeaders, lang: Language | undefined): Language =>
  lang ?? preferredLanguage(headers['accept-language'])

type Asked = { q: string; lang?: Language; limit?: number; language: Language }

function conceptsFor(thesaurus: Thesaurus, { q, lang, limit = 20, language }: Asked): Static<typeof Page> {
  const concepts = findConcepts(thesaurus, q, { limit, ...(lang ? { language: lang } : {}) })
  const data = concepts.map(({ id, kind, field }) => ({ id, kind, field, label: labelOf(thesaurus, id, language) }))
  return { edition: thesaurus.edition, data }
}

function conceptView(thesaurus: Thesaurus, id: string, language: Language): ConceptView {
  const concept = findConcept(thesaurus, id)
  if (!concept) throw NotFound()
  const { kind, field } = concept
  const labelled = (target: string) => ({
    id: target,
    label: findConcept(thesaurus, target) ? labelOf(thesaurus, target, language) : target
  })
  return {
    id,
    kind,
    field,
    edition: thesaurus.edition,
    label: labelOf(thesaurus, id, language),
    labels: Object.fromEntries(languages.map((one) => [one, concept.labels[one] ?? []])) as ConceptView['labels'],
    broader: concept.broader.map(labelled),
    narrower: thesaurus.concepts.filter(({ broader }) => broader.includes(id)).map((narrower) => labelled(narrower.id)),
    relations: concept.relations.map(({ kind: relation, target }) => ({ kind: relation, target: labelled(target) }))
  }
}
