import { channelOf, serviceActor } from '@siku/contracts'
import { failWork, FencedOutError, type Database, type WorkItem } from '@siku/db'
import { type Weights } from '@siku/matcher'
import type { Queue } from '@siku/queue'
import { describeError, findCode, holdClaims, runWorker, type Logger, type Worker } from '@siku/service-kit'
import type { Thesaurus } from '@siku/thesaurus'
import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { NotAnnotatedError } from '../errors.ts'
import { matchRecord, type MatchContext } from './match-record.ts'
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
}

export type MatchWorker = {
  context: MatchContext
  /** Does one batch of due work and says how many rows it claimed. */
  drain: () => Promise<number>
  /** Works on hints and by looking every few seconds, until closed. */
  start: (options: { queue?: Pick<Queue, 'listen'>; intervalMs?: number }) => Promise<Worker>
}

const actor = serviceActor('service:match', 'match-worker')
const attemptsMax = 5

/** The match worker: claims what the index left behind, and proposes. Any number of them may run. */
export function createMatchWorker(options: MatchWorkerOptions): MatchWorker {
  const { db, log, now, newId, batchSize = 25, leaseMs, candidatesMax = 500 } = options
  const scorer = createScorer(options.thesaurus, options.weights)
  const context: MatchContext = { db, scorer, copy: createPublishedCopy({ db, scorer }), now, newId, candidatesMax }

  const drain = () =>
    holdClaims({ db, actor, log, kind: 'match', limit: batchSize, ...(leaseMs ? { leaseMs } : {}) }, async (items) => {
      // After the claim, never before: whatever was ready before any of these records is then in the copy.
      await context.copy.catchUp()
      for (const item of items) {
        await matchRecord(context, item).catch((error: unknown) => giveBack({ db, log }, item, error))
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

async function giveBack({ db, log }: { db: Database; log: Logger }, item: WorkItem, error: unknown): Promise<void> {
  const { kind, library, recordId, attempts } = item
  if (error instanceof FencedOutError) {
    log.info({ event: 'match.fenced', kind, library, recordId }, 'another worker took this over')
    return
  }
  log.warn({ event: 'match.failed', kind, library, recordId, attempts, err: error }, 'a record could not be matched; it comes due again')
  const isOurs = findCode(error) === undefined && !(error instanceof NotAnnotatedError)
  await failWork(db, actor, item, { message: sentenceOf(error), permanent: isOurs && attempts >= attemptsMax })
}

/** Operators read it, so no value of a statement may stand in it. */
function sentenceOf(error: unknown): string {
  const { name, message, code, sqlState } = describeError(error)
  return typeof message === 'string' ? message : [name, sqlState ?? code].filter((part) => typeof part === 'string').join(' ')
}
