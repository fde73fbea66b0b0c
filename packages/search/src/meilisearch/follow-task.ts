import { setTimeout as pause } from 'node:timers/promises'
import type { Task } from 'meilisearch'
import { SearchRefusedError, SearchUnavailableError } from '../errors.ts'
import type { Engine } from './engine.ts'

export type TaskOutcome =
  | { state: 'applied' }
  /** The documents themselves were refused; nothing of the task was applied. */
  | { state: 'failed'; cause: string }
  /** Nothing was applied and the documents are not at fault. */
  | { state: 'not-applied'; cause: string }

export type FollowOptions = { pollFirstMs: number; pollMostMs: number; followMs: number }
export const followDefaults: FollowOptions = { pollFirstMs: 10, pollMostMs: 500, followMs: 60_000 }

const missesInARowMax = 5

/**
 * Follows a task to its end; rejects when the end cannot be learnt in time, and the intent then stays open. A task that carries another
 * batch id was given by another instance of the engine, which knows nothing of ours.
 */
export async function followTask(engine: Engine, taskUid: number, options: FollowOptions & { batchId?: string }): Promise<TaskOutcome> {
  const giveUpAt = performance.now() + options.followMs
  let misses = 0
  for (let waitMs = options.pollFirstMs; ; waitMs = Math.min(waitMs * 2, options.pollMostMs)) {
    const task = await findTask(engine, taskUid).catch((error: unknown) => {
      misses += 1
      if (misses >= missesInARowMax) throw error
      return 'unknown' as const
    })
    if (task !== 'unknown') misses = 0
    const outcome = task === 'unknown' ? null : outcomeOf(task, options.batchId)
    if (outcome !== null) return outcome
    if (performance.now() > giveUpAt) throw new SearchUnavailableError(`following task ${taskUid} to its end`)
    await pause(waitMs)
  }
}

async function findTask(engine: Engine, taskUid: number): Promise<Task | null> {
  try {
    return await engine.write(`asking for task ${taskUid}`, (client) => client.tasks.getTask(taskUid))
  } catch (error) {
    if (error instanceof SearchRefusedError && error.engineCode === 'task_not_found') return null
    throw error
  }
}

function outcomeOf(task: Task | null, batchId: string | undefined): TaskOutcome | null {
  if (task === null) return { state: 'not-applied', cause: 'the engine does not know the task' }
  if (batchId !== undefined && task.customMetadata !== batchId) return { state: 'not-applied', cause: 'the task is of another engine' }
  if (task.status === 'succeeded') return { state: 'applied' }
  if (task.status === 'canceled') return { state: 'not-applied', cause: 'the task was canceled' }
  if (task.status !== 'failed') return null
  const cause = `${task.error?.code ?? 'unknown'}: ${task.error?.message ?? 'no message'}`
  return isDocumentsFault(task) ? { state: 'failed', cause } : { state: 'not-applied', cause }
}

/** A full disk or a missing index is not the documents' fault; cutting the batch in halves would only multiply the failure. */
const isDocumentsFault = ({ error }: Task) => error?.type === 'invalid_request' && error.code !== 'index_not_found'

const pageSize = 100
const pagesMax = 20

/** The task that carries a batch id, if the engine took it: the newest are looked at first. */
export async function findTaskOfBatch(engine: Engine, batchId: string): Promise<number | null> {
  let from: number | null = null
  for (let page = 0; page < pagesMax; page += 1) {
    const { results, next } = await engine.write('looking for a task', (client) =>
      client.tasks.getTasks({
        types: ['documentAdditionOrUpdate', 'documentDeletion'],
        limit: pageSize,
        ...(from === null ? {} : { from })
      })
    )
    const task = results.find(({ customMetadata }) => customMetadata === batchId)
    if (task) return task.uid
    if (next === null) return null
    from = next
  }
  return null
}
