import { Closed, CodeOf, Instant, languages, libraryNames, Nullable, Uuid } from '@siku/contracts'
import { Type, type Static } from 'typebox'

const suggestionsMax = 100
export const suggestionsDefault = 30

export const Suggestions = Closed(
  {
    edition: Type.String({ description: 'The edition that does not cover them' }),
    countedAt: Type.Union([Instant, Type.Null()], {
      description: 'Counted now and then: daily, in a new edition, and when a tenth of the records came since. Null: not yet'
    }),
    ageSeconds: Nullable(Type.Integer({ minimum: 0 })),
    recordsCounted: Type.Integer({ minimum: 0, description: 'Over how many records, the latest' }),
    data: Type.Array(
      Closed({
        term: Type.String({ description: 'Normal form: a stem, or in Chinese a segment' }),
        written: Type.String({ description: 'As one of the samples writes it' }),
        language: CodeOf(languages),
        records: Type.Integer({ minimum: 2, description: 'Records that say it' }),
        samples: Type.Array(Closed({ library: CodeOf(libraryNames), id: Uuid, reference: Type.String() }), {
          description: 'Some of them that the reader may see'
        })
      }),
      { maxItems: suggestionsMax }
    )
  },
  { $id: 'ThesaurusSuggestions' }
)
export type Suggestions = Static<typeof Suggestions>

export const SuggestionsQuery = Closed({
  lang: Type.Optional(CodeOf(languages, 'Only words of this language')),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: suggestionsMax, default: suggestionsDefault }))
})

export const suggestionSchema = {
  operationId: 'list_thesaurus_suggestions',
  tags: ['thesaurus'],
  summary: 'Frequent words that no concept covers, most frequent first, as last counted',
  querystring: SuggestionsQuery
}
