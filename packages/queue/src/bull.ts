import type * as bull from 'bullmq'
import type { Consumer, Producer } from './backend.ts'
import type { Hint } from './hint.ts'
import { within } from './within.ts'

/** A fifth of the memory of a process that only answers requests, which has the queue for a sign of life alone. */
export const loadBull = (): Promise<typeof bull> => import('bullmq')

/** Retries, order and duplicates are the ledger's business, so jobs have no id of their own, one attempt, and leave no trace. */
export const queueOptions = {
  prefix: 'siku',
  defaultJobOptions: { attempts: 1, removeOnComplete: true, removeOnFail: true },
  streams: { events: { maxLen: 100 } }
}

export const workerOptions = (concurrency: number) => ({
  prefix: 'siku',
  concurrency,
  // A worker killed again and again must not turn its hint into a failed job.
  maxStalledCount: 1_000_000,
  lockDuration: 30_000,
  stalledInterval: 15_000,
  runRetryDelay: 1_000
})

const closeMs = 3_000
const abandonMs = 1_000

type BullQueue = {
  on(event: 'error', listener: (error: Error) => void): unknown
  add(name: string, data: Hint): Promise<unknown>
  addBulk(jobs: { name: string; data: Hint }[]): Promise<unknown>
  getJobCounts(...states: ('waiting' | 'active' | 'delayed' | 'prioritized')[]): Promise<Record<string, number>>
  close(): Promise<void>
}

export function producerOf(queue: BullQueue, onError: (error: unknown) => void): Producer {
  queue.on('error', onError)
  return {
    async add(hints) {
      const [first] = hints
      // On PostgreSQL a bulk makes two temporary tables, ten times the cost of the one job that it nearly always is.
      if (first !== undefined && hints.length === 1) await queue.add(first.kind, first)
      else await queue.addBulk(hints.map((data) => ({ name: data.kind, data })))
    },
    async depth() {
      const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'prioritized')
      return Object.values(counts).reduce((sum, count) => sum + count, 0)
    },
    close: () => within(closeMs, queue.close()).catch(onError)
  }
}

type BullWorker = {
  on(event: 'error', listener: (error: Error) => void): unknown
  waitUntilReady(): Promise<void>
  pause(doNotWaitActive: boolean): Promise<void>
  close(force: boolean): Promise<void>
}

export function consumerOf(worker: BullWorker, onBroken: (error: unknown) => void): Consumer {
  worker.on('error', onBroken)
  worker.waitUntilReady().catch(onBroken)
  return {
    pause: () => worker.pause(true),
    async close(how) {
      await within(how === 'abandon' ? abandonMs : closeMs, worker.close(how === 'abandon')).catch(() => undefined)
    }
  }
}
