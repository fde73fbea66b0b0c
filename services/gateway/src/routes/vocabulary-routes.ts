import { Closed, isVocabularyName, languages, listVocabularies, ListOf, vocabularies } from '@siku/contracts'
import { NotFound, type ServicePlugin } from '@siku/service-kit'
import { Type } from 'typebox'
import { reading } from './access.ts'

const Labels = Closed(Object.fromEntries(languages.map((language) => [language, Type.String()])))
const VocabularyLine = Closed({ name: Type.String(), edition: Type.String(), source: Type.String(), codes: Type.Integer() })
const Vocabulary = Closed({
  name: Type.String(),
  edition: Type.String(),
  source: Type.String(),
  values: Type.Record(Type.String(), Labels)
})
const tags = ['vocabularies']
const cached = 'public, max-age=3600'

/** The controlled vocabularies with their labels in seven languages: forms and filters are built from them. */
export const vocabularyRoutes: ServicePlugin = async (app) => {
  app.get(
    '/v1/vocabularies',
    {
      config: reading('vocabulary.read'),
      schema: {
        operationId: 'list_vocabularies',
        tags,
        summary: 'Controlled vocabularies, with edition and source',
        response: { 200: Closed({ data: ListOf(VocabularyLine, 1000) }) }
      }
    },
    async (_request, reply) => {
      void reply.header('cache-control', cached)
      return {
        data: listVocabularies().map(({ name, edition, source, values }) => ({ name, edition, source, codes: Object.keys(values).length }))
      }
    }
  )

  app.get(
    '/v1/vocabularies/:name',
    {
      config: reading('vocabulary.read'),
      schema: {
        operationId: 'get_vocabulary',
        tags,
        summary: 'One vocabulary: its codes and what each is called',
        params: Closed({ name: Type.String({ maxLength: 64 }) }),
        response: { 200: Vocabulary }
      }
    },
    async (request, reply) => {
      const { name } = request.params
      if (!isVocabularyName(name)) throw NotFound()
      void reply.header('cache-control', cached)
      return vocabularies[name]
    }
  )
}
