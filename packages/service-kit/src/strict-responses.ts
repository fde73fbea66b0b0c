import type { ValidateFunction } from 'ajv'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { problemType } from './error-handler.ts'
import { AnswerNotAsDeclared, IdempotencyIgnored, StatusNotDeclared } from './errors.ts'
import { toProblem, type ProblemError } from './problem-error.ts'
import { summary } from './text-guard.ts'
import { createAjv } from './validators.ts'
import { toViolations } from './violations.ts'

const problemRef = { $ref: 'Problem#' }

type Declared = Record<string, unknown> & { content?: Record<string, { schema: unknown }> }

/**
 * For test builds: an answer whose status or shape the route does not declare leaves as a 500 that says so. Undeclared codes matter
 * because response filtering covers declared ones only.
 */
export function checkResponses(app: FastifyInstance): void {
  const validators = new Map<unknown, ValidateFunction>()
  const validatorOf = (schema: unknown): ValidateFunction => {
    const known = validators.get(schema)
    if (known) return known
    const compiled = createAjv({ validateFormats: true }, app.getSchemas()).compile(schema as object)
    validators.set(schema, compiled)
    return compiled
  }

  app.addHook('onSend', async (request, reply, payload) => {
    const fault = request.is404 ? undefined : findFault(request, reply, payload, validatorOf)
    if (!fault) return payload
    request.log.error({ event: 'contract.broken', code: fault.code, reason: fault.message }, 'answer is not as declared')
    void reply.code(500).type(problemType).removeHeader('content-length')
    return JSON.stringify(toProblem(fault, request.id))
  })
}

function findFault(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
  validatorOf: (schema: unknown) => ValidateFunction
): ProblemError | undefined {
  const { schema, config } = request.routeOptions
  if (schema?.hide) return undefined
  const name = `${request.method} ${request.routeOptions.url}`
  const declared = (schema?.response as Record<string, Declared> | undefined)?.[reply.statusCode]
  if (declared === undefined) return StatusNotDeclared(name, reply.statusCode)

  const { idempotency } = request.ctx
  if (idempotency && !idempotency.taken && reply.statusCode < 300 && config.idempotency !== false) return IdempotencyIgnored(name)

  const type = String(reply.getHeader('content-type') ?? '')
  if (typeof payload !== 'string' || payload === '' || !/\bjson\b/.test(type)) return undefined
  const body = type.startsWith(problemType) ? problemRef : (declared.content?.[type.split(';')[0] ?? '']?.schema ?? declared)
  const validate = validatorOf(body)
  if (validate(JSON.parse(payload))) return undefined
  return AnswerNotAsDeclared(name, summary(toViolations(validate.errors ?? [], 'body')))
}
