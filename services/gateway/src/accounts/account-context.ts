import { serviceActor, type Actor } from '@siku/contracts'
import type { Context } from '@siku/service-kit'
import type { Secrets } from './secrets.ts'

/** What the accounts need to know of the place they run in. */
export type AccountSettings = {
  /** Address people type into a browser; links and origin checks are made of it. */
  publicUrl: string
  /** Longest life of a session, and longest pause in it. */
  sessionHours: number
  idleHours: number
}

export type AccountContext = Context & { secrets: Secrets; settings: AccountSettings }

/** Reads and writes what nobody may under rights of their own: secrets, sessions before it is known whose, links by their token. */
export const asGateway = ({ requestId }: { requestId: string }): Actor => serviceActor('service:gateway', requestId)

/** An instant so many milliseconds from now, as PostgreSQL takes it. */
export const instantIn = (ctx: Pick<Context, 'now'>, ms: number): string => new Date(ctx.now().getTime() + ms).toISOString()

export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs
