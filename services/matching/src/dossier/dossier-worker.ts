import { channelOf, serviceActor } from '@siku/contracts'
import type { Database } from '@siku/db'
import type { Queue } from '@siku/queue'
import { followThesaurus, holdClaims, runWorker, type Logger, type Timer, type Worker } from '@siku/service-kit'
import { sql } from 'drizzle-orm'
import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { giveBack } from '../match/give-back.ts'
import type { MatchContext } from '../match/match-record.ts'
import { createDossierCopy } from './dossier-copy.ts'
import type { DossierContext } from './dossier-context.ts'
import { makeDossier } from './make-dossier.ts'
import { oweDossiers } from './owe-dossiers.ts'

export type DossierWorkerOptions = {
  /** Of the match worker in the same process: one copy of demands and technologies serves both. */
  context: Pick<MatchContext, 'db' | 'copy' | 'now' | 'thesaurus' | 'scorer'>
  log: Logger
  batchSize?: number
}

export type DossierWorker = {
  context: DossierContext
  /** Does one batch of due work and says how many rows it claimed. */
  drain: () => Promise<number>
  start: (options: { queue?: Pick<Queue, 'listen'>; intervalMs?: number }) => Promise<Worker>
  timers: Timer[]
}

const actor = serviceActor('service:match', 'dossier-worker')
const dayMs = 24 * 3_600_000

/** Makes the dossiers that are owed. Any number of them may run. */
export function createDossierWorker({ context: matching, log, batchSize = 25 }: DossierWorkerOptions): DossierWorker {
  const { db, now } = matching
  const contextNow = (): DossierContext => {
    const { copy, thesaurus } = matching
    const { weights } = matching.scorer
    return { db, copy, now, thesaurus, weights, dossierCopy: createDossierCopy({ db, thesaurus, weights }) }
  }
  const context = contextNow()
  /** The matcher changes editions and weights with the lists; its dossiers go with it. */
  const follow = () => {
    if (matching.copy !== context.copy) Object.assign(context, contextNow())
  }

  /** Between a move of the lists and the matcher's next look there is nothing to make dossiers of. */
  const isBehind = async () => {
    const shipped = matching.thesaurus.epoch ?? matching.thesaurus
    return (await followThesaurus(db, shipped).refresh()).inForceThesaurus !== matching.thesaurus
  }

  const drain = async () => {
    if (await isBehind()) return 0
    follow()
    return holdClaims({ db, actor, log, kind: 'dossier', limit: batchSize }, async (items) => {
      // After the claim, never before: whatever was ready before any of these records is then in the copies.
      await context.dossierCopy.catchUp()
      if (items.some(({ library }) => library !== 'cooperation-demand')) await context.copy.catchUp()
      for (const item of items) {
        await makeDossier(context, item).catch((error: unknown) => giveBack({ db, log, actor }, item, error))
        await yieldToOthers()
      }
    })
  }
  return {
    context,
    drain,
    start: ({ queue, intervalMs }) =>
      runWorker({ name: 'dossier', channel: channelOf('dossier', 'cooperation-demand'), queue, intervalMs, drain, log }),
    timers: [{ name: 'matching-dossiers', periodMs: dayMs, run: async () => void (await oweAllDossiers(db)) }]
  }
}

/** The nightly pass: every published demand, and those whose dossier outlived them; after everything else that is owed. */
export function oweAllDossiers(db: Database): Promise<number> {
  return db.withTx(actor, async (tx) => {
    const rows = await tx.execute<{ id: string }>(sql`
      select id from published.document where library = 'cooperation-demand' and state = 'published' and not tombstone
      union select demand_id from matching.dossier`)
    await oweDossiers(tx, { demandIds: [...rows].map(({ id }) => id), cause: 'nightly', causeId: null, lane: 1 })
    return rows.length
  })
}
