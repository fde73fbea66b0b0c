import {
  Closed,
  CodeOf,
  CodesOf,
  CountryCode,
  Instant,
  languages,
  ListOf,
  Nullable,
  organisationTypes,
  PageOf,
  roles,
  Text,
  Uuid
} from '@siku/contracts'
import { Type } from 'typebox'
import { keyScopes } from '../accounts/key-rights.ts'
import { passwordLengthMax } from '../accounts/passwords.ts'

export const Email = Type.String({ format: 'email', maxLength: 254, description: 'Mail address', examples: ['name@example.org'] })
export const PersonName = Text(100, 'Name as the person writes it')
/** Its length is judged by the verb, whose sentence is kinder than a schema's. */
export const Password = Type.String({
  minLength: 1,
  maxLength: passwordLengthMax * 2,
  description: 'At least 12 characters; a sentence of four or five words is good'
})
export const Code = Type.String({ minLength: 6, maxLength: 40, description: 'Six digits of the authenticator, or a recovery code' })
export const LinkToken = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$', description: 'Token of a one-time link' })
export const Language = CodeOf(languages, 'Language the person reads')
export const Roles = Type.Array(CodeOf(roles), { minItems: 1, maxItems: roles.length, uniqueItems: true })
export const Id = Closed({ id: Uuid })

export const SessionState = Closed(
  {
    state: CodeOf(['visitor', 'signed-in', 'code-needed', 'enrolment-needed'] as const, 'How far signing in has come'),
    csrf: Nullable(Type.String({ description: 'Value of x-siku-csrf for changes in this session' })),
    user: Nullable(
      Closed({
        id: Uuid,
        displayName: Type.String(),
        email: Type.String(),
        language: Type.String(),
        roles: CodesOf(roles),
        organisation: Closed({ id: Uuid, name: Type.String(), type: Type.String(), country: Type.String(), state: Type.String() })
      })
    )
  },
  { $id: 'SessionState' }
)

export const SessionLine = Closed({
  id: Uuid,
  agent: Type.String({ description: 'Kind of program: browser, phone, program, unknown' }),
  openedBy: Type.String(),
  createdAt: Instant,
  lastSeenAt: Instant,
  expiresAt: Instant,
  isThis: Type.Boolean({ description: 'The session that asks' })
})

export const IssuedLink = Closed(
  {
    id: Uuid,
    url: Type.String({ description: 'Works once; shown in this answer only. Hand it to the person yourself' }),
    expiresAt: Instant
  },
  { $id: 'IssuedLink' }
)

export const Organisation = Closed(
  {
    id: Uuid,
    type: CodeOf(organisationTypes),
    name: Type.String({ description: 'The name it goes by' }),
    nameZh: Nullable(Type.String()),
    nameEn: Nullable(Type.String()),
    nameLocal: Nullable(Type.String()),
    country: CountryCode,
    district: Nullable(Type.String()),
    creditCode: Nullable(Type.String()),
    noteReference: Nullable(Type.String()),
    state: CodeOf(['pending', 'verified', 'refused', 'suspended'] as const),
    stateReason: Nullable(Type.String()),
    verifiedAt: Nullable(Instant),
    createdAt: Instant,
    applicant: Nullable(
      Closed(
        { displayName: Type.String(), email: Type.String(), language: Type.String() },
        { description: 'Who applied, until it is decided' }
      )
    )
  },
  { $id: 'Organisation' }
)
export const OrganisationPage = PageOf(Type.Unsafe({ $ref: 'Organisation#' }))

export const Application = Closed({
  type: CodeOf(organisationTypes),
  nameZh: Type.Optional(Text(200)),
  nameEn: Type.Optional(Text(200)),
  nameLocal: Type.Optional(Text(200, 'Name in the language of the country')),
  country: CountryCode,
  district: Type.Optional(Text(60)),
  creditCode: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 40,
      description: 'Unified social credit code (GB 32100), 18 characters',
      examples: ['91110108551385082Q']
    })
  ),
  noteReference: Type.Optional(Text(100, 'Number of the note verbale that names the applicant')),
  applicant: Closed({ email: Email, displayName: PersonName, language: Language })
})
export const ApplicationFiled = Closed({ id: Uuid, state: Type.Literal('pending') })

export const User = Closed(
  {
    id: Uuid,
    email: Type.String(),
    displayName: Type.String(),
    language: Type.String(),
    organisationId: Uuid,
    roles: CodesOf(roles),
    state: CodeOf(['active', 'disabled'] as const),
    successorId: Nullable(Uuid),
    createdAt: Instant
  },
  { $id: 'User' }
)
export const UserList = Closed({
  users: ListOf(Type.Unsafe({ $ref: 'User#' }), 1000),
  invitations: ListOf(
    Closed({ id: Uuid, email: Type.String(), displayName: Type.String(), roles: CodesOf(roles), expiresAt: Instant }),
    1000
  )
})

export const KeyLine = Closed(
  {
    id: Uuid,
    organisationId: Uuid,
    client: Type.String(),
    prefix: Type.String(),
    roles: CodesOf(roles),
    scopes: ListOf(Type.String(), keyScopes.length),
    state: CodeOf(['active', 'expired', 'revoked'] as const),
    createdAt: Instant,
    expiresAt: Instant,
    lastUsedAt: Nullable(Instant)
  },
  { $id: 'ApiKey' }
)
export const IssuedKey = Closed(
  {
    id: Uuid,
    client: Type.String(),
    prefix: Type.String(),
    key: Type.String({ description: 'Shown in this answer only' }),
    expiresAt: Instant
  },
  { $id: 'IssuedApiKey' }
)
export const ValidDays = Type.Integer({ minimum: 1, maximum: 366, default: 180, description: 'Days until the key expires' })

export const TotpEnrolment = Closed({
  secret: Type.String({ description: 'Base32, for typing into an authenticator' }),
  uri: Type.String({ description: 'otpauth URI, for a QR code' })
})
export const RecoveryCodes = Closed({
  recoveryCodes: ListOf(Type.String(), 20, 'Each works once in place of a code; shown in this answer only'),
  session: Type.Unsafe({ $ref: 'SessionState#' })
})

/** Schemas that keep their names in the OpenAPI document. */
export const sharedSchemas = [SessionState, IssuedLink, Organisation, User, KeyLine, IssuedKey]
