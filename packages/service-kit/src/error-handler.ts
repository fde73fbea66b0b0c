import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ErrorObject } from 'ajv'
import { jsonTypes } from './body-parser.ts'
import { findDatabaseProblem } from './database-problem.ts'
import {
  BodyBroken,
  BodyTooLarge,
  JsonMalformed,
  MediaTypeUnknown,
  PathMalformed,
  RequestInvalid,
  RequestRefused,
  Unexpected
} from './errors.ts'
import { ProblemError, toProblem } from './problem-error.ts'
import { summary } from './text-guard.ts'
import { toViolations } from './violations.ts'

export const problemType = 'application/problem+json'

/** The one place where an error becomes an answer. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => sendProblem(findProblem(error, request), error, request, reply))
}

export function sendProblem(problem: ProblemError, cause: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status, details } = problem
  if (status >= 500) request.log.error({ event: 'request.failed', code: problem.code, err: cause })
  if (status === 403 && cause !== problem)
    request.log.warn({ event: 'access.refused', code: problem.code, err: cause }, 'the database refused a row')
  if (status === 401) void reply.header('www-authenticate', 'Bearer')
  if (details.retryAfterSeconds !== undefined) void reply.header('retry-after', details.retryAfterSeconds)
  if (details.headers) void reply.headers(details.headers)
  return reply.code(status).type(problemType).send(toProblem(problem, request.id))
}

/** Ours, the validator's, the framework's, the database's, or unexpected; what is unexpected says nothing of itself. */
export function findProblem(error: unknown, request: FastifyRequest): ProblemError {
  if (error instanceof ProblemError) return error
  const { validation, validationContext, code, statusCode } = error as FrameworkError
  if (validation) {
    const errors = toViolations(validation, validationContext ?? 'body')
    return RequestInvalid(summary(errors)).with({ errors })
  }
  const byFramework = code === undefined ? undefined : frameworkProblems[code]
  if (byFramework) return byFramework()
  const byDatabase = findDatabaseProblem(error, request.method !== 'GET' && request.method !== 'HEAD')
  if (byDatabase) return byDatabase
  return code?.startsWith('FST_ERR_CTP') && statusCode === 400 ? RequestRefused('its body or headers are malformed') : Unexpected()
}

type FrameworkError = { validation?: ErrorObject[]; validationContext?: string; code?: string; statusCode?: number }

const frameworkProblems: Record<string, () => ProblemError> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () => MediaTypeUnknown(jsonTypes.join(' or ')),
  FST_ERR_CTP_EMPTY_TYPE: () => MediaTypeUnknown(jsonTypes.join(' or ')),
  FST_ERR_CTP_INVALID_TYPE: () => MediaTypeUnknown(jsonTypes.join(' or ')),
  FST_ERR_CTP_BODY_TOO_LARGE: BodyTooLarge,
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: BodyBroken,
  FST_ERR_CTP_INVALID_JSON_BODY: JsonMalformed,
  FST_ERR_CTP_EMPTY_JSON_BODY: JsonMalformed,
  FST_ERR_BAD_URL: PathMalformed,
  FST_ERR_MAX_PARAM_LENGTH: PathMalformed,
  ECONNRESET: BodyBroken
}
