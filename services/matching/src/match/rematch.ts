import { serviceActor } from '@siku/contracts'
import { sql } from 'drizzle-orm'
import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { shanghaiDay } from '../shanghai-day.ts'
import { emptyList, findMatches, type FoundList } from './find-matches.ts'
import type { MatchContext } from './match-record.ts'
import { lockMatches } from './read-stored.ts'
import { storeLists, type StoreResult } from './store-matches.ts'

export type RematchResult = { demands: number; scored: number; added: number; changed: number; withdrawn: number }

const library = 'cooperation-demand'
const actor = serviceActor('service:match', 'rematch')

/** Lists in one commit: each commit waits for its turn, and for the disk. */
const storedAtOnce = 16

/**
 * Matches every demand anew, without a budget of candidates. Every pair has one demand, so that is all pairs. Writes only rows that
 * differ: a second run writes none. Reasons are not compared between editions: each edition owed every demand a run that did.
 * `signal` stops it between two commits.
 */
export async function rematchAll(ctx: MatchContext, { cause, signal }: { cause: string; signal?: AbortSignal }): Promise<RematchResult> {
  await ctx.copy.catchUp()
  const total: RematchResult = { demands: 0, scored: 0, added: 0, changed: 0, withdrawn: 0 }
  const ids = await demandIds(ctx)
  for (let at = 0; at < ids.length && !signal?.aborted; at += storedAtOnce) {
    // What has no annotation of this edition yet cannot be judged; its own run will.
    const ready = ids.slice(at, at + storedAtOnce).filter((recordId) => !ctx.copy.isUnread(recordId))
    const found: Found[] = []
    for (const recordId of ready) {
      found.push({ recordId, ...findAll(ctx, recordId) })
      await yieldToOthers()
    }
    for (const result of found.length > 0 ? await store(ctx, found, cause) : []) {
      for (const count of ['added', 'changed', 'withdrawn'] as const) total[count] += result[count]
    }
    total.demands += found.length
    total.scored += found.reduce((sum, { list }) => sum + list.scored, 0)
  }
  return total
}

type Found = { recordId: string; list: FoundList; now: Date }

function findAll({ copy, scorer, now: clock }: MatchContext, recordId: string): Omit<Found, 'recordId'> {
  const now = clock()
  const record = copy.find(recordId)
  const list = record ? findMatches(copy, record, { scorer, today: shanghaiDay(now), candidatesMax: Infinity }) : emptyList(copy)
  return { list, now }
}

const store = ({ db, copy, scorer, newId }: MatchContext, found: readonly Found[], cause: string): Promise<StoreResult[]> =>
  db.withTx(actor, async (tx) => {
    await lockMatches(
      tx,
      found.map(({ recordId }) => recordId)
    )
    return storeLists(
      tx,
      found.map((one) => ({ ...one, library, copy, scorer, cause, causeId: null, newId }))
    )
  })

/** Demands that are open now, and those that are not and still have matches. */
async function demandIds({ db, copy }: MatchContext): Promise<string[]> {
  const stored = await db.withRead(actor, (tx) =>
    tx.execute<{ id: string }>(sql`
    select distinct demand_id as id from matching.match where state <> 'withdrawn' order by demand_id`)
  )
  return [...new Set([...copy.all('demand').map(({ entry }) => entry.id), ...[...stored].map(({ id }) => id)])]
}
