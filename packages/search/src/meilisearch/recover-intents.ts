import type { Recovery } from '../search-index.ts'
import { findTaskOfBatch, followTask } from './follow-task.ts'
import type { Writer } from './write-batch.ts'

/** Learns the end of what an earlier process had asked for. What was not applied is still owed in the ledger and will be written again. */
export async function recoverIntents({ engine, intents, follow }: Omit<Writer, 'newId'>): Promise<Recovery> {
  const recovery: Recovery = { applied: 0, notApplied: 0, failed: 0 }
  for (const { batchId, taskUid: known } of await intents.openIntents()) {
    const taskUid = known ?? (await findTaskOfBatch(engine, batchId))
    if (known === null && taskUid !== null) await intents.recordTask(batchId, taskUid)
    const { state } = taskUid === null ? { state: 'not-applied' as const } : await followTask(engine, taskUid, { ...follow, batchId })
    await intents.settle(batchId, state)
    if (state === 'applied') recovery.applied += 1
    else if (state === 'failed') recovery.failed += 1
    else recovery.notApplied += 1
  }
  return recovery
}
