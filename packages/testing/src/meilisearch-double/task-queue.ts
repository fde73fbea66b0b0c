export type TaskStatus = 'enqueued' | 'processing' | 'succeeded' | 'failed' | 'canceled'
export type TaskError = { message: string; code: string; type: string; link: string }

export type DoubleTask = {
  uid: number
  indexUid: string | null
  type: string
  status: TaskStatus
  customMetadata?: string
  error: TaskError | null
  enqueuedAt: string
  startedAt: string | null
  finishedAt: string | null
}

type Job = { task: DoubleTask; run: () => TaskError | null }

/** Tasks of all indexes, one at a time and in order, unless the script says otherwise. */
export function createTaskQueue(now: () => Date) {
  let tasks = new Map<number, DoubleTask>()
  let waiting: Job[] = []
  let nextUid = 0
  let isHeld = false
  let ends: ('failed' | 'canceled')[] = []

  const finish = ({ task, run }: Job) => {
    task.status = 'processing'
    task.startedAt = now().toISOString()
    const end = ends.shift()
    // The engine does all of a task or nothing of it.
    if (end === 'canceled') task.status = 'canceled'
    else {
      task.error = end === 'failed' ? errorOf('scripted_failure', 'the script says that it fails', 'internal') : run()
      task.status = task.error ? 'failed' : 'succeeded'
    }
    task.finishedAt = now().toISOString()
  }

  const work = () => {
    while (!isHeld) {
      const job = waiting.shift()
      if (!job) return
      finish(job)
    }
  }

  return {
    enqueue({ indexUid, type, customMetadata }: Pick<DoubleTask, 'indexUid' | 'type' | 'customMetadata'>, run: Job['run']): DoubleTask {
      const task: DoubleTask = {
        uid: nextUid, indexUid, type, status: 'enqueued', error: null, enqueuedAt: now().toISOString(), startedAt: null, finishedAt: null,
        ...(customMetadata === undefined ? {} : { customMetadata })
      }
      nextUid += 1
      tasks.set(task.uid, task)
      waiting.push({ task, run })
      setImmediate(work)
      return task
    },
    find: (uid: number) => tasks.get(uid),
    newestFirst: () => [...tasks.values()].reverse(),
    /** Tasks stay enqueued until released. */
    hold() {
      isHeld = true
    },
    release(order: 'in-order' | 'reversed' = 'in-order') {
      if (order === 'reversed') waiting.reverse()
      isHeld = false
      work()
    },
    /** How the next tasks end, whatever they ask for. */
    endNext(...how: ('failed' | 'canceled')[]) {
      ends = how
    },
    forget(uid: number) {
      tasks.delete(uid)
    },
    reset() {
      tasks = new Map()
      waiting = []
      nextUid = 0
    }
  }
}

export type TaskQueue = ReturnType<typeof createTaskQueue>

export const errorOf = (code: string, message: string, type = 'invalid_request'): TaskError =>
  ({ message, code, type, link: `https://docs.meilisearch.com/errors#${code}` })
