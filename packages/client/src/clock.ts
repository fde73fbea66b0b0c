import { setTimeout as delay } from 'node:timers/promises'

export const newIdempotencyKey = (): string => globalThis.crypto.randomUUID()

/** Waits, or rejects with the signal's reason as soon as it is aborted. */
export const pause = (ms: number, signal?: AbortSignal): Promise<void> => delay(ms, undefined, signal ? { signal } : {})
