import { defineProblem } from '@siku/service-kit'

export const SignInRefused = defineProblem(
  'SIKU_GATEWAY_SIGN_IN_REFUSED',
  401,
  'This address and password do not open an account here; check both, or ask your administrator for a reset link'
)
export const CodeRefused = defineProblem(
  'SIKU_GATEWAY_CODE_REFUSED',
  401,
  'This code is not right or was used before; enter the six digits your authenticator shows now, or a recovery code'
)
export const SignInUnfinished = defineProblem(
  'SIKU_GATEWAY_SIGN_IN_UNFINISHED',
  401,
  'There is no sign-in waiting for this step; sign in with address and password first'
)
export const AttemptsExhausted = defineProblem<[number]>(
  'SIKU_GATEWAY_ATTEMPTS_EXHAUSTED',
  429,
  'Too many failed attempts for this address; wait %s s and try again'
)
export const KeyRefused = defineProblem(
  'SIKU_GATEWAY_KEY_REFUSED',
  401,
  'This API key is unknown, revoked or expired; make a new one or rotate it while it is valid'
)
export const SessionOver = defineProblem('SIKU_GATEWAY_SESSION_OVER', 401, 'This session is over; sign in again')

export const OriginRefused = defineProblem(
  'SIKU_GATEWAY_ORIGIN_REFUSED',
  403,
  'A change with a session cookie must come from this site itself; programs use Authorization: Bearer with an API key'
)
export const CsrfMissing = defineProblem(
  'SIKU_GATEWAY_CSRF_MISSING',
  403,
  'A change with a session cookie needs the header x-siku-csrf with the value that GET /v1/session gives as csrf'
)

export const LinkUnusable = defineProblem(
  'SIKU_GATEWAY_LINK_UNUSABLE',
  410,
  'This link was used, has expired or was never given; ask whoever sent it for a new one'
)
export const AddressTaken = defineProblem(
  'SIKU_GATEWAY_ADDRESS_TAKEN',
  409,
  'This address has an account already; sign in with it, or ask to be invited under another address'
)
export const PasswordWeak = defineProblem<[string]>('SIKU_GATEWAY_PASSWORD_WEAK', 400, 'The password %s')
export const CreditCodeWrong = defineProblem<[string]>('SIKU_GATEWAY_CREDIT_CODE_WRONG', 400, 'The unified social credit code %s')
export const CreditCodeTaken = defineProblem<[string]>(
  'SIKU_GATEWAY_CREDIT_CODE_TAKEN',
  409,
  'The organisation %s has this unified social credit code; refuse the application, or let that organisation invite the person'
)
export const ApplicationIncomplete = defineProblem<[string]>('SIKU_GATEWAY_APPLICATION_INCOMPLETE', 400, 'The application does not fit: %s')

export const OrganisationNotPending = defineProblem<[string]>(
  'SIKU_GATEWAY_ORGANISATION_NOT_PENDING',
  409,
  'The organisation is %s; only a pending application can be decided'
)
export const OrganisationStateUnfit = defineProblem<[string, string]>(
  'SIKU_GATEWAY_ORGANISATION_STATE_UNFIT',
  409,
  'The organisation is %s; this needs one that is %s'
)
export const RolesNotGivable = defineProblem<[string, string]>(
  'SIKU_GATEWAY_ROLES_NOT_GIVABLE',
  403,
  'You may not give the roles %s in this organisation; you may give %s'
)
export const AccountDisabled = defineProblem(
  'SIKU_GATEWAY_ACCOUNT_DISABLED',
  409,
  'This account is disabled; invite the person again instead'
)
export const NotOneself = defineProblem<[string]>(
  'SIKU_GATEWAY_NOT_ONESELF',
  409,
  'Nobody may %s themselves; another administrator must do it'
)
export const SuccessorUnfit = defineProblem(
  'SIKU_GATEWAY_SUCCESSOR_UNFIT',
  409,
  'The successor must be another active user of the same organisation; invite the person first'
)
export const TotpNotEnrolled = defineProblem(
  'SIKU_GATEWAY_TOTP_NOT_ENROLLED',
  409,
  'No authenticator is waiting to be confirmed; begin the enrolment first'
)
export const TotpEnrolled = defineProblem('SIKU_GATEWAY_TOTP_ENROLLED', 409, 'An authenticator is confirmed already; disable it first')
export const TotpRequired = defineProblem(
  'SIKU_GATEWAY_TOTP_REQUIRED',
  409,
  'Your roles require an authenticator; it can be replaced by a reset link, not switched off'
)

export const ScopesBeyondOwn = defineProblem<[string]>(
  'SIKU_GATEWAY_SCOPES_BEYOND_OWN',
  403,
  'A key cannot carry %s; give it what you may do yourself'
)
export const KeysAtLimit = defineProblem<[string]>(
  'SIKU_GATEWAY_KEYS_AT_LIMIT',
  409,
  'The client %s has two active keys, one more than it needs; revoke the old one before making another'
)
export const KeyNotActive = defineProblem(
  'SIKU_GATEWAY_KEY_NOT_ACTIVE',
  409,
  'This key is revoked or expired; make a new one for its client'
)

export const OidcNotConfigured = defineProblem(
  'SIKU_GATEWAY_OIDC_NOT_CONFIGURED',
  404,
  'Sign-in through another identity provider is not set up here; sign in with address and password'
)
export const OidcRefused = defineProblem<[string]>('SIKU_GATEWAY_OIDC_REFUSED', 401, 'The identity provider’s answer cannot be used: %s')

export const ServiceUnreachable = defineProblem<[string]>(
  'SIKU_GATEWAY_SERVICE_UNREACHABLE',
  502,
  'The service %s did not answer properly; nothing more is known, try again'
)
export const ServiceAbsent = defineProblem<[string]>(
  'SIKU_GATEWAY_SERVICE_ABSENT',
  503,
  'The service %s is not running; try again in a moment'
)
export const ServiceLate = defineProblem<[string]>(
  'SIKU_GATEWAY_SERVICE_LATE',
  504,
  'The service %s did not answer in time; a change may have been made, repeat it with the same Idempotency-Key'
)
export const PathEscapes = defineProblem(
  'SIKU_GATEWAY_PATH_ESCAPES',
  400,
  'The path leaves the part of the API it names; write it without dot segments'
)
export const TooManyHops = defineProblem(
  'SIKU_GATEWAY_TOO_MANY_HOPS',
  508,
  'This request has come through the gateway before; a service address points back at it'
)

export const SearchUnavailable = defineProblem(
  'SIKU_GATEWAY_SEARCH_UNAVAILABLE',
  503,
  'The search cannot answer now; try again in a moment'
)
export const CursorUnknown = defineProblem(
  'SIKU_GATEWAY_CURSOR_UNKNOWN',
  400,
  'This cursor was not given for this query; begin again without it'
)
export const PageTooDeep = defineProblem<[number]>('SIKU_GATEWAY_PAGE_TOO_DEEP', 400, 'Pages end at hit %s; narrow the query instead')
export const DocumentBroken = defineProblem<[string, string, string]>(
  'SIKU_GATEWAY_DOCUMENT_BROKEN',
  503,
  'The API description of %s cannot be used: %s at %s'
)
