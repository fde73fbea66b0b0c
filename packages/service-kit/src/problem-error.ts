import { STATUS_CODES } from 'node:http'
import { format } from 'node:util'
import type { Problem, Violation } from '@siku/contracts'

export type ProblemDetails = { errors?: Violation[]; retryAfterSeconds?: number; headers?: Record<string, string> }

/** An error with its answer: thrown by verbs, turned into problem+json by the one error handler. */
export class ProblemError extends Error {
  readonly code: string
  readonly status: number
  details: ProblemDetails = {}

  constructor(code: string, status: number, message: string) {
    super(message)
    this.name = 'ProblemError'
    this.code = code
    this.status = status
  }

  /** Adds what a sentence alone cannot carry: pointers into the request, when to come back, response headers. */
  with(details: ProblemDetails): this {
    this.details = { ...this.details, ...details }
    return this
  }
}

export type ProblemFactory<A extends unknown[]> = ((...values: A) => ProblemError) & {
  readonly code: string
  readonly status: number
  /** Whether an error is one of this kind. */
  is(error: unknown): error is ProblemError
}

/**
 * Declares one kind of problem. The sentence says what is wrong and what would be right; `%s` takes the values given when it is thrown:
 * `const NotADraft = defineProblem<[string, string]>('SIKU_LIBRARY_NOT_A_DRAFT', 409, 'Record %s is %s; only a draft can be submitted')`.
 */
export function defineProblem<A extends unknown[] = []>(code: string, status: number, sentence: string): ProblemFactory<A> {
  const make = (...values: A) => new ProblemError(code, status, format(sentence, ...values))
  const is = (error: unknown): error is ProblemError => error instanceof ProblemError && error.code === code
  return Object.assign(make, { code, status, is })
}

/** The body that leaves: RFC 9457 with our stable code and the request id to quote. */
export function toProblem(error: ProblemError, requestId: string): Problem {
  const { errors } = error.details
  return {
    type: `urn:siku:problem:${error.code}`,
    title: STATUS_CODES[error.status] ?? 'Problem',
    status: error.status,
    detail: error.message,
    code: error.code,
    requestId,
    ...(errors === undefined ? {} : { errors })
  }
}
