import { setTimeout as pause } from 'node:timers/promises'
import { TestingError } from './errors.ts'

export type UntilOptions = { timeoutMs?: number; everyMs?: number; what?: string }

/** Waits for a fact: asks again until the answer is truthy, and gives it. An answer that never comes is an error that tells the last one. */
export async function untilTrue<T>(ask: () => T | Promise<T>, options: UntilOptions = {}): Promise<NonNullable<T>> {
  const { timeoutMs = 10_000, everyMs = 20, what = 'the awaited fact' } = options
  const deadline = performance.now() + timeoutMs
  for (;;) {
    const { answer, error } = await attempt(ask)
    if (answer) return answer
    if (performance.now() > deadline) {
      const last = error ? `the last attempt failed: ${(error as Error).message}` : `the last answer was ${String(answer)}`
      throw new TestingError('SIKU_TESTING_NOT_IN_TIME', `Within ${timeoutMs} ms ${what} did not become true; ${last}`, { cause: error })
    }
    await pause(everyMs)
  }
}

async function attempt<T>(ask: () => T | Promise<T>): Promise<{ answer?: T; error?: unknown }> {
  try {
    return { answer: await ask() }
  } catch (error) {
    return { error }
  }
}
