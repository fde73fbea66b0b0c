import { channelOf, serviceActor } from '@siku/contracts'
import { takeHints, type Database, type Hint } from '@siku/db'
import type { Queue } from '@siku/queue'
import type { Logger } from './context.ts'
import { startLoop } from './loop.ts'

export type RelayOptions = {
  db: Database
  queue: Pick<Queue, 'hint'>
  log: Logger
  intervalMs?: number
  hintsMax?: number
}

const actor = serviceActor('service:index', 'relay')

/**
 * Tells the workers of work that has just been owed. Any number of relays may run; a row is hinted once, and what is lost on the way,
 * or falls due again later, the workers find by looking.
 */
export function startRelay({ db, queue, log, intervalMs = 150, hintsMax = 500 }: RelayOptions): { close: () => Promise<void> } {
  return startLoop({
    everyMs: intervalMs,
    pass: async () => {
      const hints = await takeHints(db, actor, hintsMax)
      await Promise.all([...byChannel(hints)].map(([channel, ids]) => queue.hint(channel, ids)))
      return hints.length === hintsMax ? 'more' : 'idle'
    },
    onError: (error) => log.warn({ event: 'relay.failed', err: error }, 'the ledger could not be read; workers look for themselves')
  })
}

function byChannel(hints: readonly Hint[]): Map<string, string[]> {
  const channels = new Map<string, string[]>()
  for (const { kind, library, recordId } of hints) {
    const channel = channelOf(kind, library)
    channels.set(channel, [...(channels.get(channel) ?? []), recordId])
  }
  return channels
}
