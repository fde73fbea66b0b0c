import { createSecrets, type AccountContext } from '@siku/gateway'
import { newId, systemNow } from '@siku/service-kit'
import type { Call } from './command.ts'
import { commandLine, type Here } from './open-database.ts'

/** The gateway's verbs as the command line calls them; links lead to where people reach the installation. */
export function accountContext({ log }: Pick<Call, 'log'>, here: Here): AccountContext {
  const actor = commandLine()
  return {
    db: here.connect('gateway'),
    now: systemNow,
    newId,
    log,
    actor,
    requestId: actor.requestId,
    secrets: createSecrets(here.secret, process.env.SIKU_OWNER_KEY || undefined),
    settings: { publicUrl: publicUrl(), sessionHours: 12, idleHours: 2 }
  }
}

/** SIKU_PUBLIC_URL, else where `npm start` listens. */
export const publicUrl = (): string => new URL(process.env.SIKU_PUBLIC_URL || `http://127.0.0.1:${process.env.SIKU_PORT || 8080}`).origin
