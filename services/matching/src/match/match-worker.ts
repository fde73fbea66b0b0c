import { channelOf, serviceActor } from '@siku/contracts'
import type { Database, WorkItem } from '@siku/db'
import { type Weights } from '@siku/matcher'
import type { Queue } from '@siku/queue'
import type { SearchIndex } from '@siku/search'
import { holdClaims, runWorker, type Logger, type Worker } from '@siku/service-kit'
import type { Thesaurus } from '@siku/thesaurus'
import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { findPromoted, promotedVersion } from '../learning/refit.ts'
import { createEngineCandidates } from './engine-candidates.ts'
import { giveBack } from './give-back.ts'
import { matchRecords, type MatchContext } from './match-record.ts'
import { createPublishedCopy } from './published-copy.ts'
import { createScorer } from './scoring.ts'

export type MatchWorkerOptions = {
  db: Database
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
  index?: Pick<SearchIndex, 'candidates'>
}

export type MatchWorker = {
  context: MatchContext
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
  const matcherFor = (weights: Weights): Pick<MatchContext, 'scorer' | 'copy' | 'engine'> => {
    const scorer = createScorer(options.thesaurus, weights)
    return {
      scorer,
      copy: createPublishedCopy({ db, scorer }),
      ...(index ? { engine: createEngineCandidates({ db, index, scorer }) } : {})
    }
  }
  const context: MatchContext = { db, now, newId, candidatesMax, ...matcherFor(options.weights) }

  /** What was promoted or taken back owes all matches in the same commit, so whoever claims them sees it. */
  const followWeights = async () => {
    const version = (await promotedVersion(db, actor)) ?? options.weights.version
    if (version === context.scorer.weightsVersion) return
    const weights = (await findPromoted(db, actor)) ?? options.weights
    const matcher = matcherFor(weights)
    await matcher.copy.catchUp()
    Object.assign(context, matcher)
    log.info({ event: 'match.weights', kind: 'match' }, `matching goes on with the weights ${weights.version}`)
  }

  /** One commit for several, because only one store runs at a time; if it fails, each on its own, so that one does not hold up the others. */
  const matchTogether = (items: readonly WorkItem[]) =>
    matchRecords(context, items).catch(async (cause: unknown) => {
      for (const item of items) {
        const alone = items.length === 1 ? Promise.reject(cause as Error) : matchRecords(context, [item])
        await alone.catch((error: unknown) => giveBack({ db, log, actor }, item, error))
      }
    })

  const drain = () =>
    holdClaims({ db, actor, log, kind: 'match', limit: batchSize, ...(leaseMs ? { leaseMs } : {}) }, async (items) => {
      // After the claim, never before: whatever was ready before any of these records is then in the copy.
      await followWeights()
      if (!context.engine) await context.copy.catchUp()
      for (let at = 0; at < items.length; at += storedAtOnce) {
        await matchTogether(items.slice(at, at + storedAtOnce))
        await yieldToOthers()
      }
    })
  return {
    context,
    drain,
    start: ({ queue, intervalMs }) =>
      runWorker({ name: 'match', channel: channelOf('match', 'cooperation-demand'), queue, intervalMs, drain, log })
  }
}
