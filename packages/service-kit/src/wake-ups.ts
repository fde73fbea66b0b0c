const listeners = new Map<string, Set<() => void>>()

/** A worker of this process is woken without the way through the queue; returns how it stops listening. */
export function onWakeUp(channel: string, wake: () => void): () => void {
  const known = listeners.get(channel) ?? new Set()
  listeners.set(channel, known.add(wake))
  return () => void known.delete(wake)
}

/** Wakes the workers of a channel that this process runs, and says whether there are any. */
export function wakeHere(channel: string): boolean {
  const known = listeners.get(channel)
  for (const wake of known ?? []) wake()
  return known !== undefined && known.size > 0
}
