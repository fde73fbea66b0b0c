import { Problem } from '@siku/contracts'
import { STATUS_CODES } from 'node:http'
import { Type, type Static, type TSchema } from 'typebox'
import { problemType } from './error-handler.ts'

/** The problem schema under the name it has in every OpenAPI document. */
export const ProblemSchema = { ...Problem, $id: 'Problem' }

/** Points at a schema that was given to `createService({ schemas })`, so that documents show its name and not a copy. */
export const refTo = <T extends TSchema>(schema: T) => Type.Unsafe<Static<T>>({ $ref: `${(schema as { $id?: string }).$id}#` })

const answer = (status: number) => ({
  description: STATUS_CODES[status] ?? 'Problem',
  content: { [problemType]: { schema: { $ref: 'Problem#' } } }
})

/** Declares the problems a route may answer with beside those the chassis declares for every route of its kind. */
export function problemResponses<const S extends number>(...statuses: S[]): Record<S, ReturnType<typeof answer>> {
  return Object.fromEntries(statuses.map((status) => [status, answer(status)])) as Record<S, ReturnType<typeof answer>>
}
