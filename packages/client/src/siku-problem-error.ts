export type ProblemPointer = { pointer: string; detail: string }

/** An answer that is not a 2xx: the fields of RFC 9457 with the stable `code` and, for each field that is wrong, where and why. */
export class SikuProblemError extends Error {
  readonly status: number
  readonly code: string
  readonly errors: readonly ProblemPointer[]
  /** To quote when asking the operator. */
  readonly requestId: string | null
  readonly retryAfterSeconds: number | null

  constructor({ status, code, detail, errors, requestId, retryAfterSeconds }: ProblemParts) {
    super(detail)
    this.name = 'SikuProblemError'
    this.status = status
    this.code = code
    this.errors = errors
    this.requestId = requestId
    this.retryAfterSeconds = retryAfterSeconds
  }
}

type ProblemParts = Pick<SikuProblemError, 'status' | 'code' | 'errors' | 'requestId' | 'retryAfterSeconds'> & { detail: string }

type Body = { code?: unknown; detail?: unknown; requestId?: unknown; errors?: unknown }

/** Reads what a server answered; an answer that is no problem, such as one of a proxy in between, keeps its status. */
export async function toProblemError(response: Response): Promise<SikuProblemError> {
  const body: Body = (await response.json().catch(() => null)) ?? {}
  return new SikuProblemError({
    status: response.status,
    code: textOf(body.code) ?? 'SIKU_CLIENT_NO_PROBLEM',
    detail: textOf(body.detail) ?? `The server answered ${response.status} without saying why`,
    errors: Array.isArray(body.errors) ? (body.errors as ProblemPointer[]) : [],
    requestId: textOf(body.requestId) ?? response.headers.get('x-request-id'),
    retryAfterSeconds: secondsOf(response.headers.get('retry-after'))
  })
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)

export const secondsOf = (text: string | null): number | null => (text !== null && /^\d+$/.test(text) ? Number(text) : null)
