import type { Logger } from './context.ts'
import { StartError } from './errors.ts'

/** Anything that is opened once and must be closed. */
export type Closable = { close: () => unknown }

export type Opened = {
  /** Keeps a thing so that it is closed after everything opened later; gives it back. */
  use: <T extends Closable>(name: string, thing: T) => T
  close: () => Promise<void>
}

/** What a process has opened. Closing goes in reverse order, each thing once, and goes on past one that fails. */
export function openedThings(log: Logger): Opened {
  const things: { name: string; thing: Closable }[] = []
  let closing: Promise<void> | undefined

  const closeAll = async () => {
    for (let last = things.pop(); last !== undefined; last = things.pop()) await closeOne(log, last)
  }
  return {
    use: (name, thing) => {
      if (closing) {
        void closeOne(log, { name, thing })
        throw new StartError('SIKU_KIT_CLOSING', `${name} was opened while the process was closing; it is closed again`)
      }
      things.push({ name, thing })
      return thing
    },
    close: () => (closing ??= closeAll())
  }
}

async function closeOne(log: Logger, { name, thing }: { name: string; thing: Closable }): Promise<void> {
  try {
    await thing.close()
  } catch (error) {
    log.error({ event: 'close.failed', part: name, err: error }, 'a part could not be closed')
  }
}
