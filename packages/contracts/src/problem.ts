import { Type, type Static } from 'typebox'
import { Closed } from './schema.ts'

/** RFC 9457 problem details, with a JSON pointer for every field that is wrong. */
export const Problem = Closed(
  {
    type: Type.String({ description: 'URI of the kind of problem' }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String({ description: 'What is wrong, and what would be right' }),
    code: Type.String({ description: 'Stable code, SIKU_<PACKAGE>_<WHAT>' }),
    requestId: Type.String(),
    instance: Type.Optional(Type.String()),
    errors: Type.Optional(
      Type.Array(Closed({ pointer: Type.String({ description: 'JSON pointer (RFC 6901) into the request' }), detail: Type.String() }))
    )
  },
  { title: 'Problem' }
)
export type Problem = Static<typeof Problem>
export type Violation = { pointer: string; detail: string }
