export type TaskStatus = 'enqueued' | 'processing' | 'succeeded' | 'failed' | 'canceled'
export type TaskError = { message: string; code: string; type: string; link: string }

export type DoubleTask = {
  uid: number
  indexUid: string | null
  type: string
  status: TaskStatus
  customMetadata?: string
  details?: Record<string, unknown>
  error: TaskError | null
  enqueuedAt: string
  startedAt: string | null
  finishedAt: string | null
}

export type TaskAsked = Pick<DoubleTask, 'indexUid' | 'type' | 'customMetadata' | 'details'>

type Job = { task: DoubleTask; run: () => TaskError | null }
type ScriptedEnd = 'failed' | 'canceled'
type State = { tasks: Map<number, DoubleTask>; waiting: Job[]; nextUid: number; isHeld: boolean; ends: ScriptedEnd[] }

export type TaskQueue = ReturnType<typeof createTaskQueue>

/** Tasks of all indexes, one at a time and in order, unless the script says otherwise. */
export function createTaskQueue(now: () => Date) {
  const state: State = { tasks: new Map(), waiting: [], nextUid: 0, isHeld: false, ends: [] }
  return {
    enqueue({ customMetadata, details, ...asked }: TaskAsked, run: Job['run']): DoubleTask {
      const task: DoubleTask = {
        uid: state.nextUid,
        ...asked,
        status: 'enqueued',
        error: null,
        enqueuedAt: now().toISOString(),
        startedAt: null,
        finishedAt: null,
        ...(customMetadata === undefined ? {} : { customMetadata }),
        ...(details === undefined ? {} : { details })
      }
      state.nextUid += 1
      state.tasks.set(task.uid, task)
      state.waiting.push({ task, run })
      setImmediate(() => work(state, now))
      return task
    },
    find: (uid: number) => state.tasks.get(uid),
    newestFirst: () => [...state.tasks.values()].toReversed(),
    /** Tasks stay enqueued until released. */
    hold: () => void (state.isHeld = true),
    release(order: 'in-order' | 'reversed' = 'in-order') {
      if (order === 'reversed') state.waiting = state.waiting.toReversed()
      state.isHeld = false
      work(state, now)
    },
    /** How the next tasks end, whatever they ask for. */
    endNext: (...how: ScriptedEnd[]) => void (state.ends = how),
    forget: (uid: number) => void state.tasks.delete(uid),
    reset: () => void Object.assign(state, { tasks: new Map(), waiting: [], nextUid: 0 })
  }
}

function work(state: State, now: () => Date): void {
  while (!state.isHeld) {
    const job = state.waiting.shift()
    if (!job) return
    job.task.status = 'processing'
    job.task.startedAt = now().toISOString()
    finish(job, state.ends.shift())
    job.task.finishedAt = now().toISOString()
  }
}

/** The engine does all of a task or nothing of it. */
function finish({ task, run }: Job, end: ScriptedEnd | undefined): void {
  if (end === 'canceled') {
    task.status = 'canceled'
    return
  }
  task.error = end === 'failed' ? errorOf('scripted_failure', 'the script says that it fails', 'internal') : run()
  task.status = task.error ? 'failed' : 'succeeded'
}

export const errorOf = (code: string, message: string, type = 'invalid_request'): TaskError => ({
  message,
  code,
  type,
  link: `https://docs.meilisearch.com/errors#${code}`
})
