import { serviceActor } from '@siku/contracts'
import { closeWork, type Database, type WorkItem } from '@siku/db'
import { NotAnnotatedError } from '../errors.ts'
import { shanghaiDay } from '../shanghai-day.ts'
import { emptyList, findMatches } from './find-matches.ts'
import { hasCounterpart } from './matchable.ts'
import type { PublishedCopy } from './published-copy.ts'
import type { Scorer } from './scoring.ts'
import { storeMatches, type StoreResult } from './store-matches.ts'

export type MatchContext = {
  db: Database
  copy: PublishedCopy
  scorer: Scorer
  now: () => Date
  newId: () => string
  /** Most candidates one run looks at; a run that meets it is marked `cut`, and the full run heals it. */
  candidatesMax: number
}

/**
 * Does one claim: finds, stores and closes, the last two in one transaction under the fence, so that a claim that was taken over cannot
 * commit. The copy must have caught up after the claim was taken.
 */
export async function matchRecord(ctx: MatchContext, item: WorkItem): Promise<StoreResult & { scored: number }> {
  const { db, scorer, copy } = ctx
  if (copy.isUnread(item.recordId)) throw new NotAnnotatedError(item.recordId, scorer.edition)
  const now = ctx.now()
  const record = hasCounterpart(item.library) ? copy.find(item.recordId) : undefined
  const list = record ? findMatches(copy, record, { scorer, today: shanghaiDay(now), candidatesMax: ctx.candidatesMax }) : emptyList(copy)
  const { library, recordId, cause, causeId } = item
  const result = await db.withTx(serviceActor('service:match', causeId ?? 'match'), async (tx) => {
    const stored = await storeMatches(tx, { library, recordId, list, copy, scorer, cause, causeId, now, newId: ctx.newId })
    await closeWork(tx, [item])
    return stored
  })
  return { ...result, scored: list.scored }
}
