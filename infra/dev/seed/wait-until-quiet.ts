import { serviceActor } from '@siku/contracts'
import { workSummary, type Database } from '@siku/db'
import { setTimeout as delay } from 'node:timers/promises'

const actor = serviceActor('service:clock', 'wait-until-quiet')
const pollMs = 200

export type Quiet = { waitedMs: number; parked: number }

/** Waits until nothing derived is owed any more: all indexed, all matched. Parked work is told and not waited for, nor are vectors unless asked. */
export async function waitUntilQuiet(
  db: Database,
  { timeoutMs, onProgress, vectors = false }: { timeoutMs: number; onProgress?: (open: number) => void; vectors?: boolean }
): Promise<Quiet> {
  const started = performance.now()
  for (;;) {
    const lines = (await db.withRead(actor, workSummary)).filter(({ kind }) => vectors || kind !== 'embed')
    const open = lines.reduce((sum, line) => sum + line.open, 0)
    if (open === 0) return { waitedMs: performance.now() - started, parked: lines.reduce((sum, line) => sum + line.parked, 0) }
    onProgress?.(open)
    if (performance.now() - started > timeoutMs)
      throw new Error(`${open} pieces of work are still owed after ${timeoutMs} ms; \`siku doctor\` shows where they wait`)
    await delay(pollMs)
  }
}
