import { channelOf, serviceActor } from '@siku/contracts'
import type { Database, WorkItem } from '@siku/db'
import { type Weights } from '@siku/matcher'
import type { Queue } from '@siku/queue'
import { followThesaurus, holdClaims, runWorker, type Logger, type Worker } from '@siku/service-kit'
import type { Thesaurus } from '@siku/thesaurus'
import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { findPromoted, promotedVersion } from '../learning/refit.ts'
import { advanceEdition } from '../thesaurus-changes/advance-edition.ts'
import { createEngineCandidates, type EngineIndex } from './engine-candidates.ts'
import { giveBack } from './give-back.ts'
import { matchRecords, type MatchContext } from './match-record.ts'
import { createPublishedCopy } from './published-copy.ts'
import { createScorer } from './scoring.ts'

export type MatchWorkerOptions = {
  db: Database
  /** As shipped; what staff changed since is followed. */
  thesaurus: Thesaurus
  weights: Weights
  log: Logger
  now: () => Date
  newId: () => string
  /** Rows claimed at once; small, so that a worker that stops gives little back late. */
  batchSize?: number
  leaseMs?: number
  candidatesMax?: number
  /** The search engine all processes share, where there is one. */
  index?: EngineIndex
}

export type MatchWorker = {
  context: MatchContext
  /** Takes up the edition and the weights in force, as every batch does; for those who work with the context alone. */
  follow: () => Promise<void>
  /** Does one batch of due work and says how many rows it claimed. */
  drain: () => Promise<number>
  /** Works on hints and by looking every few seconds, until closed. */
  start: (options: { queue?: Pick<Queue, 'listen'>; intervalMs?: number }) => Promise<Worker>
}

const actor = serviceActor('service:match', 'match-worker')
const storedAtOnce = 8

/** The match worker: claims what the index left behind, and proposes. Any number of them may run. */
export function createMatchWorker(options: MatchWorkerOptions): MatchWorker {
  const { db, log, now, newId, batchSize = 25, leaseMs, candidatesMax = 200, index } = options
  const matcherFor = (thesaurus: Thesaurus, weights: Weights) => createMatcher({ db, index, log, thesaurus, weights })
  const context: MatchContext = { db, now, newId, candidatesMax, ...matcherFor(options.thesaurus, options.weights) }
  const editions = followThesaurus(db, options.thesaurus)

  /** What was promoted, taken back or put in force owes all matches in the same commit, so whoever claims them sees it. */
  const follow = async () => {
    const [{ inForceThesaurus: thesaurus }, promoted] = await Promise.all([editions.refresh(), promotedVersion(db, actor)])
    const version = promoted ?? options.weights.version
    if (version === context.scorer.weightsVersion && thesaurus === context.thesaurus) return
    const weights = (await findPromoted(db, actor)) ?? options.weights
    const matcher = matcherFor(thesaurus, weights)
    if (!context.engine) await matcher.copy.catchUp()
    Object.assign(context, matcher)
    const { edition } = thesaurus
    log.info(
      { event: 'match.follows', kind: 'match', edition },
      `matching goes on with thesaurus ${edition} and weights ${weights.version}`
    )
  }

  /** One commit for several, because only one store runs at a time; if it fails, each on its own, so that one does not hold up the others. */
  const matchTogether = (items: readonly WorkItem[]) =>
    matchRecords(context, items).catch(async (cause: unknown) => {
      for (const item of items) {
        const alone = items.length === 1 ? Promise.reject(cause as Error) : matchRecords(context, [item])
        await alone.catch((error: unknown) => giveBack({ db, log, actor }, item, error))
      }
    })

  const drain = async () => {
    await advanceEdition(db, options.thesaurus)
    const claims = { db, actor, log, kind: 'match' as const, limit: batchSize, ...(leaseMs ? { leaseMs } : {}) }
    const claimed = await holdClaims(claims, async (items) => {
      // After the claim, never before: whatever was ready before any of these records is then in the copy.
      await follow()
      if (!context.engine) await context.copy.catchUp()
      const ready = await carried(items, { engine: context.engine, db, log })
      for (let at = 0; at < ready.length; at += storedAtOnce) {
        await matchTogether(ready.slice(at, at + storedAtOnce))
        await yieldToOthers()
      }
    })
    // Who has nothing to match follows all the same: timed passes and dossiers work with this context.
    if (claimed === 0) await follow()
    return claimed
  }
  return {
    context,
    follow,
    drain,
    start: ({ queue, intervalMs }) =>
      runWorker({ name: 'match', channel: channelOf('match', 'cooperation-demand'), queue, intervalMs, drain, log })
  }
}

type Carrying = Pick<MatchContext, 'engine' | 'db'> & { log: Logger }

/** The vectors of all of them in one task of the engine; what lacks its own there must not be matched, for its counterparts could miss it. */
async function carried(items: readonly WorkItem[], { engine, db, log }: Carrying): Promise<readonly WorkItem[]> {
  try {
    await engine?.carry(items.map(({ recordId }) => recordId))
    return items
  } catch (error) {
    for (const item of items) await giveBack({ db, log, actor }, item, error)
    return []
  }
}

type MatcherParts = Pick<MatchWorkerOptions, 'db' | 'log' | 'thesaurus' | 'weights'> & { index: MatchWorkerOptions['index'] }

/** What works with one edition and one set of weights, and is made anew for others. */
function createMatcher({
  db,
  index,
  log,
  thesaurus,
  weights
}: MatcherParts): Pick<MatchContext, 'thesaurus' | 'scorer' | 'copy' | 'engine'> {
  const scorer = createScorer(thesaurus, weights)
  return {
    thesaurus,
    scorer,
    copy: createPublishedCopy({ db, scorer }),
    ...(index ? { engine: createEngineCandidates({ db, index, scorer, log }) } : {})
  }
}
