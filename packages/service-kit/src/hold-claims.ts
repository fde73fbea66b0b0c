import type { Actor } from '@siku/contracts'
import { claimWork, renewWork, type ClaimOptions, type Database, type WorkItem } from '@siku/db'
import type { Logger } from './context.ts'

export type HoldOptions = Omit<ClaimOptions, 'leaseMs'> & { db: Database; actor: Actor; log: Logger; leaseMs?: number }

/** How long the work of a worker that died waits for another one. */
const leaseDefaultMs = 15_000

/**
 * Claims a batch and holds it while `work` runs, however long that takes: the lease is short, so that a killed worker's batch is soon
 * taken over, and renewed, so that a slow worker's is not. Returns how many rows were claimed.
 */
export async function holdClaims(options: HoldOptions, work: (items: WorkItem[]) => Promise<void>): Promise<number> {
  const { db, actor, log, leaseMs = leaseDefaultMs, ...which } = options
  const items = await claimWork(db, actor, { ...which, leaseMs })
  if (items.length === 0) return 0
  const renewal = setInterval(() => {
    renewWork(db, actor, items, leaseMs).catch((error: unknown) =>
      log.warn({ event: 'work.not-renewed', count: items.length, err: error }, 'claims could not be renewed; another worker may take them')
    )
  }, leaseMs / 3)
  renewal.unref()
  try {
    await work(items)
  } finally {
    clearInterval(renewal)
  }
  return items.length
}
