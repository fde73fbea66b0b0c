import type { Context } from '@siku/service-kit'
import type { Database } from '@siku/db'

/** What a library's verbs need beside the plain context. */
export type LibraryContext = Context & {
  /** Connection of the login that alone may touch contact data. */
  contacts: Database
  /** HMAC of an organisation id: what published rows carry in its place. */
  keyOf: (organisationId: string) => string
}

/** The calendar day in Asia/Shanghai, in which all periods are counted. */
export function shanghaiDay(at: Date): string {
  return new Date(at.getTime() + shanghaiOffsetMs).toISOString().slice(0, 10)
}
const shanghaiOffsetMs = 8 * 3_600_000

export const addDays = (at: Date, days: number): Date => new Date(at.getTime() + days * 86_400_000)
