import type { Task } from 'meilisearch'
import { SearchRefusedError, SearchUnavailableError } from '../errors.ts'
import type { Engine } from './engine.ts'
import { followTask, type FollowOptions } from './follow-task.ts'
import { indexSettings } from './settings.ts'
import { createVectorCommands, type Finish } from './vector-commands.ts'

export type IndexCommands = ReturnType<typeof createIndexCommands>

/** What is done to whole indexes; each is done when it resolves. */
export function createIndexCommands(engine: Engine, follow: FollowOptions) {
  const finish: Finish = async (doing, ask) => {
    const { taskUid } = await engine.write(doing, ask)
    const outcome = await followTask(engine, taskUid, follow)
    if (outcome.state !== 'applied') throw new SearchUnavailableError(doing, new Error(outcome.cause))
  }

  /** The indexes there are, with the time of their creation. */
  const survey = async (): Promise<Map<string, string>> => {
    const { results } = await engine.write('listing indexes', (client) => client.getRawIndexes({ limit: 1_000 }))
    return new Map(results.map(({ uid, createdAt }) => [uid, createdAt]))
  }

  return {
    survey,
    ...createVectorCommands(engine, finish),
    async create(uid: string) {
      await finish(`creating ${uid}`, (client) => client.createIndex(uid, { primaryKey: 'key' })).catch(unlessThere)
      await finish(`setting up ${uid}`, (client) => client.index(uid).updateSettings(indexSettings))
    },
    async drop(uid: string) {
      if ((await survey()).has(uid)) await finish(`dropping ${uid}`, (client) => client.index(uid).delete())
    },
    swap: (first: string, second: string) =>
      finish('changing over to the new index', (client) => client.swapIndexes([{ indexes: [first, second], rename: false }])),
    empty: (uid: string) => finish('clearing the index', (client) => client.index(uid).deleteAllDocuments()),
    /** Whether the index of this birth came under its name by a change-over; else it was made anew, and what it held is gone. */
    async cameBySwap(uid: string, birth: string): Promise<boolean> {
      const { results } = await engine.write('looking for change-overs', (client) =>
        client.tasks.getTasks({ types: ['indexSwap'], statuses: ['succeeded'], limit: 20 })
      )
      const isOfIt = (task: Task) => task.details?.swaps?.some(({ indexes }) => indexes.includes(uid)) ?? false
      return results.some((task) => isOfIt(task) && Date.parse(task.finishedAt ?? '') >= Date.parse(birth))
    },
    /** An index that a write created by itself has no settings, so nothing in it can be filtered. */
    async isSetUp(uid: string): Promise<boolean> {
      const found = await engine.write(`reading the settings of ${uid}`, (client) => client.index(uid).getSearchableAttributes())
      return JSON.stringify(found) === JSON.stringify(indexSettings.searchableAttributes)
    }
  }
}

const alreadyThere = 'index_already_exists'

/** Two processes may create the same index at once; the second finds it there. */
function unlessThere(error: unknown): void {
  if (error instanceof SearchRefusedError && error.engineCode === alreadyThere) return
  if (error instanceof SearchUnavailableError && error.cause instanceof Error && error.cause.message.startsWith(alreadyThere)) return
  throw error
}
