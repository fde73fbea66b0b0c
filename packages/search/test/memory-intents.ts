import type { Intent, IntentOutcome, IntentStore } from '../src/index.ts'

export type MemoryIntents = IntentStore & {
  all: () => (Intent & { outcome: IntentOutcome | null })[]
  plant: (intent: Intent) => void
}

/** The store a service keeps in its database, here in memory and open to view. */
export function memoryIntents(): MemoryIntents {
  const intents = new Map<string, Intent & { outcome: IntentOutcome | null }>()
  const change = (batchId: string, parts: { taskUid?: number; outcome?: IntentOutcome }) => {
    const intent = intents.get(batchId)
    if (!intent) throw new Error(`nothing was intended under ${batchId}`)
    intents.set(batchId, { ...intent, ...parts })
  }
  return {
    intend: async (batchId, items) => void intents.set(batchId, { batchId, items: [...items], taskUid: null, outcome: null }),
    recordTask: async (batchId, taskUid) => change(batchId, { taskUid }),
    settle: async (batchId, outcome) => change(batchId, { outcome }),
    openIntents: async () => [...intents.values()].filter(({ outcome }) => outcome === null),
    all: () => [...intents.values()],
    plant: (intent) => void intents.set(intent.batchId, { ...intent, outcome: null })
  }
}
