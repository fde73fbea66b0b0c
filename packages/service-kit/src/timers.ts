import { serviceActor } from '@siku/contracts'
import { finishTimer, takeTimer, type Database } from '@siku/db'
import type { Logger } from './context.ts'
import { startLoop } from './loop.ts'

export type Timer = {
  name: string
  periodMs: number
  /** Longer than the longest pass: after this another process may begin one. */
  leaseMs?: number
  run: (signal: AbortSignal) => Promise<void>
}

export type TimersOptions = { db: Database; log: Logger; timers: readonly Timer[]; checkMs?: number }

const actor = serviceActor('service:clock', 'timers')
const leaseDefaultMs = 10 * 60_000

/** In-process timers whose pass runs once in the cluster: whoever takes the lease row runs it, the others find it taken. */
export function startTimers({ db, log, timers, checkMs = 10_000 }: TimersOptions): { close: () => Promise<void> } {
  const loops = timers.map((timer) =>
    startLoop({
      everyMs: Math.min(checkMs, timer.periodMs),
      pass: async (signal) => {
        await runIfDue(db, timer, signal)
        return 'idle'
      },
      onError: (error) => log.error({ event: 'timer.failed', timer: timer.name, err: error }, 'a timed pass failed and is due again')
    })
  )
  return { close: async () => void (await Promise.all(loops.map((loop) => loop.close()))) }
}

async function runIfDue(db: Database, { name, periodMs, leaseMs = leaseDefaultMs, run }: Timer, signal: AbortSignal): Promise<void> {
  const fence = await takeTimer(db, actor, { name, periodMs, leaseMs })
  if (fence === undefined) return
  try {
    await run(signal)
  } catch (error) {
    await finishTimer(db, actor, { name, fence, error: error instanceof Error ? error.name : 'failed' })
    throw error
  }
  await finishTimer(db, actor, { name, fence })
}
