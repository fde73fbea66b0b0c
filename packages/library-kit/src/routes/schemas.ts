import {
  Closed,
  CodeOf,
  ControlAssessment,
  ControlDecision,
  languages,
  ListOf,
  Nullable,
  pageQuery,
  returnCodes,
  Text,
  Uuid
} from '@siku/contracts'
import { Type } from 'typebox'

export const IdParams = Closed({ id: Text(64, 'Id or reference of the record') })
export const FileParams = Closed({ id: Text(64), fileId: Uuid })
export const ReadQuery = Closed({
  version: Type.Optional(
    Type.String({ pattern: '^(published|working|[1-9][0-9]{0,5})$', description: '`published` (default), `working`, or a number' })
  )
})
export const Reasons = Closed({
  reasons: Type.Array(Closed({ code: CodeOf(returnCodes), text: Nullable(Text(2000)) }), { minItems: 1, maxItems: 10 })
})
export const MergeBody = Closed({ into: Text(64, 'Id or reference of the record that goes on') })
export const InterestBody = Closed({ open: Type.Boolean() })
export const LeakKeys = Closed({ keys: Type.Array(Type.String({ pattern: '^[0-9a-f]{16}$' }), { minItems: 1, maxItems: 200 }) })
export const AssessBody = ControlAssessment

export const LeakReportSchema = Closed(
  {
    leaks: ListOf(
      Closed({
        key: Type.String(),
        kind: Type.String(),
        pointer: Type.String(),
        start: Type.Integer(),
        end: Type.Integer(),
        excerpt: Type.String(),
        confirmed: Type.Boolean()
      }),
      1000
    ),
    open: Type.Integer({ description: 'How many are neither removed nor confirmed' }),
    revision: Type.Integer()
  },
  { title: 'LeakReport' }
)

export const ContactBody = Closed({
  name: Text(200),
  position: Type.Optional(Text(200)),
  email: Type.Optional(Type.String({ format: 'email', maxLength: 254 })),
  phone: Type.Optional(Type.String({ pattern: '^[+0-9 ()./-]{3,40}$', description: 'International form, such as +7 727 000 00 00' })),
  languages: Type.Optional(ListOf(CodeOf(languages), 7)),
  address: Type.Optional(Text(500))
})
export const ContactView = Closed({ contact: ContactBody, revision: Type.Integer(), updatedAt: Type.String() }, { title: 'Contact' })
export const ContactQuery = Closed({ basis: Text(300, 'Why it is read; it stands in the access record') })

export const VersionLines = Closed(
  {
    data: ListOf(
      Closed({
        version: Type.Integer(),
        state: Type.String(),
        hash: Type.String(),
        createdAt: Type.String(),
        decidedAt: Nullable(Type.String()),
        published: Type.Boolean(),
        needsTranslation: Type.Boolean({ description: 'In a language that is not read here, and without a reviewed translation' })
      }),
      10_000
    )
  },
  { title: 'Versions' }
)

export const FileSchema = Closed(
  {
    id: Uuid,
    title: Type.String(),
    name: Type.String(),
    mediaType: Type.String(),
    size: Type.Integer(),
    sha256: Type.String(),
    language: Nullable(Type.String()),
    confidentiality: Type.String(),
    personal: Type.Boolean(),
    addedAt: Type.String()
  },
  { title: 'File' }
)

export const DecisionLines = Closed({ data: ListOf(ControlDecision, 10_000) }, { title: 'ControlDecisions' })

export const changesQuery = Closed(pageQuery)
