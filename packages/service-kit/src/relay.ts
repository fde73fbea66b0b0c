import { channelOf, serviceActor } from '@siku/contracts'
import { takeHints, type Database, type Hint } from '@siku/db'
import type { Queue } from '@siku/queue'
import type { Logger } from './context.ts'
import { startLoop } from './loop.ts'
import { wakeHere } from './wake-ups.ts'

export type RelayOptions = {
  db: Database
  queue: Pick<Queue, 'hint'>
  log: Logger
  intervalMs?: number
  hintsMax?: number
}

const actor = serviceActor('service:index', 'relay')

/** Where work was owed a moment ago more is to be expected; a quiet ledger is asked less often. */
const busyForMs = 1000
const busyIntervalMs = 40
/** How long the queue has where the workers of this process are awake: they do the work, others are told to help. */
const helpAfterMs = 1000

/**
 * Tells the workers of work that has just been owed. Any number of relays may run; a row is hinted once, and what is lost on the way,
 * or falls due again later, the workers find by looking. Workers of this process are woken at once; the queue then has time, for it
 * tells those of other processes, and takes their hints together.
 */
export function startRelay({ db, queue, log, intervalMs = 150, hintsMax = 500 }: RelayOptions): { close: () => Promise<void> } {
  const gathered = new Map<string, Gathered>()
  let workedAt = Number.NEGATIVE_INFINITY
  let sentAt = Number.NEGATIVE_INFINITY

  const send = async () => {
    const isTime = performance.now() - sentAt >= helpAfterMs
    const leaving = [...gathered].filter(([, { isAwake }]) => !isAwake || isTime)
    if (leaving.length === 0) return
    for (const [channel] of leaving) gathered.delete(channel)
    if (isTime) sentAt = performance.now()
    await Promise.all(leaving.map(([channel, { ids }]) => queue.hint(channel, ids)))
  }

  return startLoop({
    everyMs: () => (performance.now() - workedAt < busyForMs ? Math.min(busyIntervalMs, intervalMs) : intervalMs),
    pass: async () => {
      const hints = await takeHints(db, actor, hintsMax)
      if (hints.length > 0) workedAt = performance.now()
      gather(gathered, hints)
      await send()
      return hints.length === hintsMax ? 'more' : 'idle'
    },
    onError: (error) => log.warn({ event: 'relay.failed', err: error }, 'the ledger could not be read; workers look for themselves')
  })
}

/** Hints of a channel that have not left, and whether workers of this process know already. */
type Gathered = { ids: string[]; isAwake: boolean }

function gather(gathered: Map<string, Gathered>, hints: readonly Hint[]): void {
  for (const [channel, fresh] of byChannel(hints)) {
    const waiting = gathered.get(channel)?.ids ?? []
    gathered.set(channel, { ids: [...waiting, ...fresh], isAwake: wakeHere(channel) })
  }
}

function byChannel(hints: readonly Hint[]): Map<string, string[]> {
  const channels = new Map<string, string[]>()
  for (const { kind, library, recordId } of hints) {
    const channel = channelOf(kind, library)
    channels.set(channel, [...(channels.get(channel) ?? []), recordId])
  }
  return channels
}
