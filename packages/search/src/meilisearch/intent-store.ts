import type { RecordRef } from '../search-document.ts'

export type IntentItem = RecordRef & { op: 'put' | 'remove'; version: number | null; hash: string | null }
export type Intent = { batchId: string; items: IntentItem[]; taskUid: number | null }
export type IntentOutcome = 'applied' | 'failed' | 'not-applied'

/**
 * What was asked of the engine, kept outside of it. An intent is committed before its request leaves, so that after a crash it can be told
 * whether the engine took it.
 */
export type IntentStore = {
  intend(batchId: string, items: readonly IntentItem[]): Promise<void>
  recordTask(batchId: string, taskUid: number): Promise<void>
  /** May be called again for the same batch; the last word counts. */
  settle(batchId: string, outcome: IntentOutcome): Promise<void>
  /** Intents without an outcome. */
  openIntents(): Promise<Intent[]>
}
