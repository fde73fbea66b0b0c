import { defineProblem } from './problem-error.ts'

export const RequestInvalid = defineProblem<[string]>('SIKU_REQUEST_INVALID', 400, 'The request does not fit: %s')
export const JsonMalformed = defineProblem(
  'SIKU_REQUEST_JSON_MALFORMED',
  400,
  'The body is not JSON; send one complete JSON value in UTF-8'
)
export const PathMalformed = defineProblem('SIKU_REQUEST_PATH_MALFORMED', 400, 'The path is not a valid percent-encoded UTF-8 path')
export const BodyBroken = defineProblem(
  'SIKU_REQUEST_BODY_BROKEN',
  400,
  'The body ended early or its Content-Length is wrong; send it again whole'
)
export const IdempotencyKeyMalformed = defineProblem(
  'SIKU_IDEMPOTENCY_KEY_MALFORMED',
  400,
  'Idempotency-Key must be 1 to 255 visible ASCII characters, best a fresh UUID'
)
export const ValueRefused = defineProblem(
  'SIKU_DATABASE_VALUE_REFUSED',
  400,
  'A value is outside what can be stored; check lengths, ranges, dates and required fields'
)
export const RequestRefused = defineProblem<[string]>('SIKU_REQUEST_REFUSED', 400, 'The request cannot be read: %s')

export const SignInNeeded = defineProblem(
  'SIKU_ACCESS_SIGN_IN_NEEDED',
  401,
  'This needs a signed-in user or an API key; send an access token as Authorization: Bearer'
)
export const TokenInvalid = defineProblem<[string]>(
  'SIKU_ACCESS_TOKEN_INVALID',
  401,
  'The access token is not valid here (%s); get a fresh one for this service'
)
export const AccessForbidden = defineProblem<[string]>('SIKU_ACCESS_FORBIDDEN', 403, 'Not allowed: %s')
export const NotFound = defineProblem('SIKU_NOT_FOUND', 404, 'There is nothing here that you may see; check the address')
export const RouteNotFound = defineProblem<[string]>(
  'SIKU_ROUTE_NOT_FOUND',
  404,
  'No route answers %s; the OpenAPI document lists all routes'
)
export const MethodNotAllowed = defineProblem<[string, string]>('SIKU_METHOD_NOT_ALLOWED', 405, '%s is not offered here; offered are %s')

export const IdempotencyInFlight = defineProblem(
  'SIKU_IDEMPOTENCY_IN_FLIGHT',
  409,
  'A request with this Idempotency-Key is still being worked on; ask again in a moment with the same key'
)
export const IdempotencySecretGiven = defineProblem(
  'SIKU_IDEMPOTENCY_SECRET_GIVEN',
  409,
  'This request was done and its secret was given out once; it cannot be shown again, so make a new one with a new key'
)
export const ValueTaken = defineProblem(
  'SIKU_DATABASE_VALUE_TAKEN',
  409,
  'This value is taken already; use another one or change the object that has it'
)
export const StillReferenced = defineProblem(
  'SIKU_DATABASE_REFERENCE_MISSING',
  409,
  'It refers to something that does not exist, or something still refers to it'
)
export const RevisionStale = defineProblem<[string, string]>(
  'SIKU_REVISION_STALE',
  412,
  'It has changed since it was read: If-Match says %s, it is now %s; read it again and repeat the change'
)
export const BodyTooLarge = defineProblem(
  'SIKU_REQUEST_BODY_TOO_LARGE',
  413,
  'The body is larger than this route takes (1 MiB unless the route says otherwise)'
)
export const MediaTypeUnknown = defineProblem<[string]>('SIKU_REQUEST_MEDIA_TYPE_UNKNOWN', 415, 'This body type is not read here; send %s')
export const IdempotencyKeyReused = defineProblem(
  'SIKU_IDEMPOTENCY_KEY_REUSED',
  422,
  'This Idempotency-Key was used with another body; use a fresh key for another request'
)
export const IfMatchMissing = defineProblem(
  'SIKU_REVISION_IF_MATCH_MISSING',
  428,
  'Send If-Match with the ETag you read, such as "r7", so that nobody’s change is overwritten unseen'
)
export const RateExceeded = defineProblem<[number]>('SIKU_RATE_EXCEEDED', 429, 'Too many requests; wait %s s')

export const Unexpected = defineProblem('SIKU_UNEXPECTED', 500, 'Something went wrong on our side; quote the request id when you report it')
export const StatusNotDeclared = defineProblem<[string, number]>(
  'SIKU_KIT_STATUS_NOT_DECLARED',
  500,
  '%s answered %s, which its schema does not declare; add it to `response`'
)
export const AnswerNotAsDeclared = defineProblem<[string, string]>(
  'SIKU_KIT_ANSWER_NOT_AS_DECLARED',
  500,
  '%s answered something else than its schema declares: %s'
)
export const IdempotencyIgnored = defineProblem<[string]>(
  'SIKU_KIT_IDEMPOTENCY_IGNORED',
  500,
  '%s took an Idempotency-Key and did not call once(); call it, or set config.idempotency to false'
)
export const OutcomeUnknown = defineProblem(
  'SIKU_DATABASE_OUTCOME_UNKNOWN',
  503,
  'The connection to the database was lost and it is unknown whether the change was stored; repeat the request with the same Idempotency-Key'
)
export const DatabaseUnavailable = defineProblem(
  'SIKU_DATABASE_UNAVAILABLE',
  503,
  'The database cannot answer now; nothing was changed, try again'
)
export const DatabaseBusy = defineProblem('SIKU_DATABASE_BUSY', 503, 'Others are changing the same thing; nothing was changed, try again')
export const KeysUnavailable = defineProblem(
  'SIKU_ACCESS_KEYS_UNAVAILABLE',
  503,
  'The keys that check access tokens cannot be read now; try again'
)

/** What a person at the terminal reads when a process refuses to start. */
export class StartError extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.name = 'StartError'
    this.code = code
  }
}
