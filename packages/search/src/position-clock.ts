import type { LibraryName } from '@siku/contracts'
import { SearchBehindError } from './errors.ts'

type Waiter = { library: LibraryName; position: number; resolve: () => void; reject: (error: Error) => void; timer: NodeJS.Timeout }

/** How far each library's change feed has been applied, and who waits for more of it. */
export function createPositionClock() {
  const reached = new Map<LibraryName, number>()
  const waiters = new Set<Waiter>()
  const at = (library: LibraryName) => reached.get(library) ?? 0

  const settle = (waiter: Waiter, end: () => void) => {
    clearTimeout(waiter.timer)
    waiters.delete(waiter)
    end()
  }

  return {
    at,
    reach(library: LibraryName, position: number) {
      if (position <= at(library)) return
      reached.set(library, position)
      for (const waiter of [...waiters]) {
        if (waiter.library === library && waiter.position <= position) settle(waiter, waiter.resolve)
      }
    },
    waitFor(library: LibraryName, position: number, timeoutMs: number): Promise<void> {
      if (at(library) >= position) return Promise.resolve()
      return new Promise<void>((resolve, reject) => {
        const late = () => settle(waiter, () => reject(new SearchBehindError(library, position, at(library))))
        const waiter: Waiter = { library, position, resolve, reject, timer: setTimeout(late, timeoutMs) }
        waiters.add(waiter)
      })
    },
    reset() {
      reached.clear()
    },
    close() {
      for (const waiter of [...waiters]) {
        settle(waiter, () => waiter.reject(new SearchBehindError(waiter.library, waiter.position, at(waiter.library))))
      }
    }
  }
}
