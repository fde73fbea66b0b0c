import { Closed, CodeOf, ListOf, Text, type Language } from '@siku/contracts'
import { problemResponses, refTo, type RouteAccess, type Service } from '@siku/service-kit'
import { conceptKinds, type Thesaurus } from '@siku/thesaurus'
import type { IncomingHttpHeaders } from 'node:http'
import { Type } from 'typebox'
import { preferredLanguage } from '../review/reader.ts'
import { listFields, outlineTree, searchConcepts, viewConcept } from './browse-concepts.ts'
import { ConceptId, ConceptLine, ConceptTree, ConceptView, FieldName, Lang, ThesaurusFields, TreeQuery } from './browse-schemas.ts'

const conceptsMax = 50
const Query = Closed({
  q: Text(200, 'Words of a label, in any language unless `lang` says which'),
  kind: Type.Optional(CodeOf(conceptKinds)),
  field: Type.Optional(FieldName),
  lang: Lang,
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: conceptsMax, default: 20 }))
})
const Page = Closed({ edition: Type.String(), data: ListOf(ConceptLine, conceptsMax) })

const tags = ['thesaurus']
const config: { access: RouteAccess } = { access: { action: 'vocabulary.read', scope: 'matching:read' } }

const schemas = {
  search: {
    operationId: 'find_concepts',
    tags,
    summary: 'Concepts by the words of their labels',
    querystring: Query,
    response: { 200: Page }
  },
  view: {
    operationId: 'get_concept',
    tags,
    summary: 'One concept: labels, broader, narrower, relations both ways',
    params: Closed({ id: ConceptId }),
    querystring: Closed({ lang: Lang }),
    response: { 200: refTo(ConceptView), ...problemResponses(404) }
  },
  fields: {
    operationId: 'list_thesaurus_fields',
    tags,
    summary: 'The fields of the thesaurus and its everyday layer, with the number of concepts in each',
    querystring: Closed({ lang: Lang }),
    response: { 200: refTo(ThesaurusFields) }
  },
  tree: {
    operationId: 'get_concept_tree',
    tags,
    summary: 'What stands below a concept, or in a field, as an outline',
    querystring: TreeQuery,
    response: { 200: refTo(ConceptTree), ...problemResponses(404) }
  }
}

/** The edition that lists are in, whichever it is when it is asked for. */
export type Reading = { readonly thesaurus: Thesaurus }

/** The language of concepts that both sides are read in, for anyone to look up. */
export function conceptRoutes(app: Service, reading: Reading): void {
  app.get('/concepts', { config, schema: schemas.search }, ({ query, headers }) =>
    searchConcepts(reading.thesaurus, { ...query, language: languageOf(headers, query.lang) })
  )
  app.get('/concepts/:id', { config, schema: schemas.view }, ({ params, query, headers }) =>
    viewConcept(reading.thesaurus, params.id, languageOf(headers, query.lang))
  )
  app.get('/fields', { config, schema: schemas.fields }, ({ query, headers }) =>
    listFields(reading.thesaurus, languageOf(headers, query.lang))
  )
  app.get('/tree', { config, schema: schemas.tree }, ({ query, headers }) =>
    outlineTree(reading.thesaurus, query, languageOf(headers, query.lang))
  )
}

const languageOf = (headers: IncomingHttpHeaders, lang: Language | undefined): Language =>
  lang ?? preferredLanguage(headers['accept-language'])
