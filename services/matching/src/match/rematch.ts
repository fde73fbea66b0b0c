import { serviceActor } from '@siku/contracts'
import { sql } from 'drizzle-orm'
import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { shanghaiDay } from '../shanghai-day.ts'
import { emptyList, findMatches } from './find-matches.ts'
import type { MatchContext } from './match-record.ts'
import { storeMatches } from './store-matches.ts'

export type RematchResult = { demands: number; scored: number; added: number; changed: number; withdrawn: number }

const library = 'cooperation-demand'
const actor = serviceActor('service:match', 'rematch')

/**
 * Matches every demand anew, without a budget of candidates. Every pair has one demand, so that is all pairs. Writes only rows that
 * differ: a second run writes none. Reasons are not compared between editions: each edition owed every demand a run that did.
 * `signal` stops it between two demands.
 */
export async function rematchAll(ctx: MatchContext, { cause, signal }: { cause: string; signal?: AbortSignal }): Promise<RematchResult> {
  const { db, copy, scorer, newId } = ctx
  await copy.catchUp()
  const total: RematchResult = { demands: 0, scored: 0, added: 0, changed: 0, withdrawn: 0 }
  for (const recordId of await demandIds(ctx)) {
    if (signal?.aborted) return total
    const now = ctx.now()
    // What has no annotation of this edition yet cannot be judged; its own run will.
    if (copy.isUnread(recordId)) continue
    const record = copy.find(recordId)
    const list = record ? findMatches(copy, record, { scorer, today: shanghaiDay(now), candidatesMax: Infinity }) : emptyList(copy)
    const result = await db.withTx(actor, (tx) =>
      storeMatches(tx, { library, recordId, list, copy, scorer, cause, causeId: null, now, newId })
    )
    total.demands += 1
    total.scored += list.scored
    for (const count of ['added', 'changed', 'withdrawn'] as const) total[count] += result[count]
    await yieldToOthers()
  }
  return total
}

/** Demands that are open now, and those that are not and still have matches. */
async function demandIds({ db, copy }: MatchContext): Promise<string[]> {
  const stored = await db.withRead(actor, (tx) =>
    tx.execute<{ id: string }>(sql`
    select distinct demand_id as id from matching.match where state <> 'withdrawn' order by demand_id`)
  )
  return [...new Set([...copy.all('demand').map(({ entry }) => entry.id), ...[...stored].map(({ id }) => id)])]
}
