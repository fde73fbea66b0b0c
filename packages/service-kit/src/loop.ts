import { setTimeout as delay } from 'node:timers/promises'

export type Loop = {
  /** Runs a pass now, or once more after the one that is running. */
  wake: () => void
  /** Lets the running pass end; its signal asks it to hurry. */
  close: () => Promise<void>
}

export type LoopOptions = {
  everyMs: number | (() => number)
  /** One pass; `more` asks for another at once. */
  pass: (signal: AbortSignal) => Promise<'more' | 'idle'>
  onError: (error: unknown) => void
}

/** Passes one after another, never two at once: every so often, and whenever woken. A pass that fails waits for the next turn. */
export function startLoop({ everyMs, pass, onError }: LoopOptions): Loop {
  const stop = new AbortController()
  let woken = false
  let sleep = new AbortController()

  const rest = async () => {
    if (woken || stop.signal.aborted) return
    sleep = new AbortController()
    await delay(typeof everyMs === 'number' ? everyMs : everyMs(), undefined, { signal: sleep.signal }).catch(() => undefined)
  }

  const run = async () => {
    while (!stop.signal.aborted) {
      woken = false
      const outcome = await pass(stop.signal).catch((error: unknown) => {
        onError(error)
        woken = false
        return 'idle' as const
      })
      if (outcome === 'idle') await rest()
    }
  }

  const running = run()
  const wake = () => {
    woken = true
    sleep.abort()
  }
  return {
    wake,
    close: async () => {
      stop.abort()
      sleep.abort()
      await running
    }
  }
}
