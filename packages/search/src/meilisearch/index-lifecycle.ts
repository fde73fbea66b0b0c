import type { IndexCommands } from './index-commands.ts'
import { indexGeneration } from './settings.ts'

export type LifecycleOptions = {
  commands: IndexCommands
  prefix: string
  /** The index that answers was not there, or not ours: it is empty now and must be filled. */
  onRebuildNeeded: (reason: string) => void
}

export type Lifecycle = ReturnType<typeof createLifecycle>

/** Sees to it that the index is there with its settings, also after somebody deleted it or the engine was installed anew. */
export function createLifecycle({ commands, prefix, onRebuildNeeded }: LifecycleOptions) {
  const live = `${prefix}-g${indexGeneration}`
  const next = `${live}-next`
  let knownBirth: string | null = null

  const ensureLive = async (births: Map<string, string>) => {
    const birth = births.get(live)
    if (birth !== undefined && birth === knownBirth) return
    const isSetUp = birth !== undefined && (await commands.isSetUp(live))
    const lost = await howLost(birth, isSetUp)
    if (!isSetUp) await commands.create(live)
    knownBirth = (isSetUp ? births : await commands.survey()).get(live) ?? null
    if (lost !== null) onRebuildNeeded(lost)
  }

  /** Every process that writes must learn of a loss, not only the one that met the gap and filled it. */
  const howLost = async (birth: string | undefined, isSetUp: boolean): Promise<string | null> => {
    if (birth === undefined) return 'the index was not there'
    if (!isSetUp) return 'the index had no settings'
    if (knownBirth === null || (await commands.cameBySwap(live, birth))) return null
    return 'the index was made anew by another process'
  }

  return {
    live,
    next,
    /** Indexes to write to, in this order: the one that is being built first, so that a change-over in between loses nothing. */
    async targets(): Promise<string[]> {
      const births = await commands.survey()
      await ensureLive(births)
      return births.has(next) ? [next, live] : [live]
    },
    /** The same for what is added to records that are there: where there is no index there is nothing to add to. */
    async present(): Promise<string[]> {
      const births = await commands.survey()
      return [next, live].filter((uid) => births.has(uid))
    },
    async startNext() {
      await ensureLive(await commands.survey())
      await commands.drop(next)
      await commands.create(next)
      const dimensions = await commands.vectorDimensions(live)
      if (dimensions !== null) await commands.fitVectors(next, dimensions)
    },
    async changeOver() {
      await commands.swap(live, next)
      await commands.drop(next)
      // A write that still went to the old name has created it anew.
      await commands.drop(next)
      knownBirth = (await commands.survey()).get(live) ?? null
    },
    async clear() {
      await ensureLive(await commands.survey())
      await commands.empty(live)
    }
  }
}
