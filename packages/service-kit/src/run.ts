import closeWithGrace from 'close-with-grace'
import type { Logger } from './context.ts'
import { openedThings, type Opened } from './opened.ts'
import type { Service } from './create-service.ts'

export type Role = 'api' | 'worker' | 'all'

/** Whether a process of this role does that half of the work. */
export const does = (role: Role, half: 'api' | 'worker'): boolean => role === 'all' || role === half

export type ProcessOptions = {
  log: Logger
  /** Opens everything the process needs, in order; each thing is given to `opened.use`. */
  open: (opened: Opened) => Promise<void>
  /** Longest time to finish what is in hand after SIGTERM or SIGINT. */
  graceMs?: number
  followParent?: boolean
}

const parentCheckMs = 500

/** Runs a process until it is told to stop, and closes everything in reverse order. A process that cannot open leaves with status 1. */
export async function runProcess({ log, open, graceMs = 20_000, followParent = false }: ProcessOptions): Promise<void> {
  const opened = openedThings(log)
  const grace = closeWithGrace({ delay: graceMs, logger: false, skip: ['beforeExit'] }, async ({ err, signal }) => {
    if (err) log.fatal({ event: 'process.failed', err }, 'an error nobody caught')
    log.info({ event: 'process.stopping', signal }, 'stopping')
    await opened.close()
  })
  if (followParent)
    opened.use(
      'parent watch',
      watchParent(() => grace.close())
    )
  try {
    await open(opened)
  } catch (error) {
    log.fatal({ event: 'process.not-started', err: error }, 'could not start')
    await opened.close()
    process.exit(1)
  }
}

/** Listens, and gives the address others reach it at. */
export async function listen(app: Service, { host, port }: { host: string; port: number }): Promise<string> {
  const address = await app.listen({ host, port })
  app.log.info({ event: 'service.listening', host, port: Number(new URL(address).port) }, 'listening')
  return address
}

/** An orphan is adopted by another process: its parent's id changes. */
function watchParent(onGone: () => void): { close: () => void } {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    onGone()
  }, parentCheckMs)
  return { close: () => clearInterval(timer) }
}
