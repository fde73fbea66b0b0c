import type { Actor } from '@siku/contracts'
import type { Database } from '@siku/db'
import type { FastifyBaseLogger } from 'fastify'

export type Logger = FastifyBaseLogger

/** The Idempotency-Key of a POST and what it must come back with to count as the same request. */
export type IdempotencyRequest = {
  key: string
  method: string
  route: string
  /** SHA-256 over path parameters, query and body. */
  requestHash: string
  /** Set by `once`, so that a test build can tell a key that was taken from one that was ignored. */
  taken: boolean
}

/** A plain value that every verb takes first: nothing in it is global, so a test can say what time it is. */
export type Context = {
  db: Database
  actor: Actor
  now: () => Date
  newId: () => string
  log: Logger
  requestId: string
  /** Present on a POST that carried an Idempotency-Key. */
  idempotency?: IdempotencyRequest
}
