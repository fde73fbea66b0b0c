import { Closed, CodeOf, Nullable } from '@siku/contracts'
import { questionTopics } from '@siku/matcher'
import { Type, type Static } from 'typebox'
import { IdParams, ReadQuery } from '../review/schemas.ts'

const sides = ['technology', 'demand'] as const

const Figure = Closed({
  parameter: Nullable(Type.String()),
  operator: Type.String({ description: 'As the criterion has it (gte …), or as it was read in the text (>= …)' }),
  value: Type.Number(),
  valueMax: Nullable(Type.Number()),
  unit: Type.String({ description: 'UCUM code, or a currency' })
})

const Criterion = Closed({
  side: CodeOf(sides, 'Whose text it stands in'),
  field: Nullable(Type.String({ description: 'Field of the original text, by name or JSON pointer' })),
  start: Nullable(Type.Integer({ description: 'First code point' })),
  end: Nullable(Type.Integer({ description: 'Code point after the last' })),
  text: Type.String({ description: 'The words, as they were written' }),
  figure: Nullable(Figure),
  concepts: Type.Array(Type.String(), { description: 'Ids of the concepts the words name' })
})

export const Question = Closed(
  {
    to: CodeOf(sides, 'The side that can tell'),
    about: CodeOf(questionTopics),
    isMust: Type.Boolean({ description: 'It decides; the others are good to know' }),
    criterion: Nullable(Criterion),
    text: Type.String({ description: 'The question in the reader’s language' })
  },
  { $id: 'Question' }
)
export type Question = Static<typeof Question>

export const Questions = Closed({
  data: Type.Array(Type.Unsafe<Question>({ $ref: 'Question#' })),
  evidenceOutdated: Type.Boolean({
    description: 'A text has a newer version than the one that was scored; an answer may stand in it already'
  })
})
export type Questions = Static<typeof Questions>

export const questionSchemas = {
  ofMatch: {
    operationId: 'list_match_questions',
    tags: ['matches'],
    summary: 'What is missing to judge a match, as questions to the side that knows; owners see those to their own side',
    params: IdParams,
    querystring: ReadQuery,
    response: { 200: Questions }
  }
}
