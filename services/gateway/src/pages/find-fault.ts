import { findDatabaseProblem, ProblemError } from '@siku/service-kit'
import type { FastifyRequest } from 'fastify'
import type { MessageKey } from './messages.ts'

const keys: Record<string, MessageKey> = {
  SIKU_GATEWAY_SIGN_IN_REFUSED: 'refused',
  SIKU_GATEWAY_ATTEMPTS_EXHAUSTED: 'exhausted',
  SIKU_GATEWAY_CODE_REFUSED: 'codeRefused',
  SIKU_GATEWAY_SIGN_IN_UNFINISHED: 'unfinished',
  SIKU_GATEWAY_SESSION_OVER: 'unfinished',
  SIKU_GATEWAY_TOTP_NOT_ENROLLED: 'unfinished',
  SIKU_GATEWAY_TOTP_ENROLLED: 'unfinished',
  SIKU_GATEWAY_LINK_UNUSABLE: 'linkUnusable',
  SIKU_GATEWAY_ADDRESS_TAKEN: 'addressTaken',
  SIKU_GATEWAY_PASSWORD_WEAK: 'passwordWeak',
  SIKU_GATEWAY_ORIGIN_REFUSED: 'formExpired',
  SIKU_GATEWAY_CSRF_MISSING: 'formExpired',
  SIKU_GATEWAY_OIDC_REFUSED: 'providerRefused',
  SIKU_GATEWAY_OIDC_NOT_CONFIGURED: 'providerRefused',
  SIKU_RATE_EXCEEDED: 'tooMany'
}

export type PageFault = { status: number; key: MessageKey; values: Record<string, string | number> }

/** What a page says of an error; what it does not know it calls by the request's id, and the log has the rest. */
export function findFault(error: unknown, { id, method }: Pick<FastifyRequest, 'id' | 'method'>): PageFault {
  const known = error instanceof ProblemError ? error : findDatabaseProblem(error, method === 'POST')
  const status = known?.status ?? clientStatusOf(error) ?? 500
  const key = (known && keys[known.code]) ?? (status < 500 ? 'formExpired' : 'broken')
  return { status, key, values: { seconds: known?.details.retryAfterSeconds ?? 60, id } }
}

/** The framework's own refusals, of a body it cannot read for example. */
function clientStatusOf(error: unknown): number | undefined {
  const { statusCode } = (error ?? {}) as { statusCode?: unknown }
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 ? statusCode : undefined
}
