import type { Hint } from './hint.ts'

export type Producer = {
  add(hints: Hint[]): Promise<void>
  /** Hints that wait or are being handled. */
  depth(): Promise<number>
  close(): Promise<void>
}

export type ConsumerOptions = {
  concurrency: number
  handle: (payload: unknown) => Promise<void>
  /** Called when the consumer can no longer be trusted to receive; it is then replaced. */
  onBroken: (error: unknown) => void
}

export type Consumer = {
  /** Stops taking hints; those in hand go on. */
  pause(): Promise<void>
  close(how: 'finish' | 'abandon'): Promise<void>
}

/** What differs between Redis and PostgreSQL. */
export type Backend = {
  /** Resolves once BullMQ is at hand. */
  load(): Promise<unknown>
  openProducer(channel: string): Promise<Producer>
  openConsumer(channel: string, options: ConsumerOptions): Promise<Consumer>
  ping(): Promise<void>
  close(): Promise<void>
}
