/** What happens to a request that `on` picks; to `times` of them, default one. */
export type DoubleFault = {
  on: (call: { method: string; path: string }) => boolean
  kind:
    | 'error-500'
    | 'too-busy-503'
    /** The connection ends before the request is taken. */
    | 'reset-before'
    /** The request is taken, its answer never arrives. */
    | 'reset-after'
    /** Neither an answer nor an end. */
    | 'hang'
    /** The request is taken at once, its answer comes after `ms`. */
    | 'slow'
  ms?: number
  times?: number
}

export function createFaults() {
  const faults: { fault: DoubleFault; left: number }[] = []
  let struck = 0
  return {
    inject: (fault: DoubleFault) => void faults.push({ fault, left: fault.times ?? 1 }),
    /** How often a fault struck: the proof that it did. */
    struck: () => struck,
    take(call: { method: string; path: string }): DoubleFault | null {
      const found = faults.find(({ fault, left }) => left > 0 && fault.on(call))
      if (!found) return null
      found.left -= 1
      struck += 1
      return found.fault
    }
  }
}
