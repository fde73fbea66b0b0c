import type { Queue } from '@siku/queue'
import type { Logger } from './context.ts'
import { startLoop } from './loop.ts'
import { onWakeUp } from './wake-ups.ts'

export type WorkerOptions = {
  name: string
  /** Channel whose hints wake the worker. */
  channel: string
  /** Absent where a process runs without a queue: the worker then finds its work by looking. */
  queue?: Pick<Queue, 'listen'>
  /** How often it looks by itself, hint or no hint. */
  intervalMs?: number
  /** Claims and does one batch of due work and says how many rows it was; it is called again until that is none. */
  drain: (signal: AbortSignal) => Promise<number>
  log: Logger
}

export type Worker = { close: () => Promise<void> }

/** Drains due work of the ledger, on a hint or every few seconds, one drain at a time. Closing lets the batch in hand end. */
export async function runWorker({ name, channel, queue, intervalMs = 5000, drain, log }: WorkerOptions): Promise<Worker> {
  const loop = startLoop({
    everyMs: intervalMs,
    pass: async (signal) => ((await drain(signal)) > 0 ? 'more' : 'idle'),
    onError: (error) => log.error({ event: 'worker.failed', worker: name, channel, err: error }, 'a batch failed; its work stays owed')
  })
  const stopWaking = onWakeUp(channel, loop.wake)
  const listener = await queue
    ?.listen(channel, async () => loop.wake())
    .catch(async (error: unknown) => {
      stopWaking()
      await loop.close()
      throw error
    })
  return {
    close: async () => {
      stopWaking()
      const ended = loop.close()
      await listener?.close()
      await ended
    }
  }
}
