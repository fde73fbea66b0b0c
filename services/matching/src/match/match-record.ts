import { serviceActor } from '@siku/contracts'
import { closeWork, type Database, type Tx, type WorkItem } from '@siku/db'
import type { Thesaurus } from '@siku/thesaurus'
import { NotAnnotatedError } from '../errors.ts'
import { shanghaiDay } from '../shanghai-day.ts'
import { oweVector } from '../embedding/owe-vectors.ts'
import { oweDossiers } from '../dossier/owe-dossiers.ts'
import { findDuplicates, type FoundDuplicate } from '../market/find-duplicates.ts'
import { storeDuplicates } from '../market/store-duplicates.ts'
import type { EngineCandidates } from './engine-candidates.ts'
import { emptyList, findMatches, type FoundList } from './find-matches.ts'
import { hasCounterpart, type MatchRecord } from './matchable.ts'
import type { PublishedCopy } from './published-copy.ts'
import { lockMatches } from './read-stored.ts'
import type { Scorer } from './scoring.ts'
import { storeMatches, type StoreInput, type StoreResult } from './store-matches.ts'

export type MatchContext = {
  db: Database
  copy: PublishedCopy
  /** The edition that lists are in. */
  thesaurus: Thesaurus
  scorer: Scorer
  now: () => Date
  newId: () => string
  /** Most candidates one run looks at; a run that meets it is marked `cut`, and the full run heals it. */
  candidatesMax: number
  /** Where all processes share a search engine, single records are matched through it; the copy serves the full run. */
  engine?: EngineCandidates
}

type Found = { item: WorkItem; version: number; list: FoundList; copy: StoreInput['copy']; duplicates: FoundDuplicate[]; now: Date }

/**
 * Does claims: finds, then stores and closes in one transaction under the fence, so that a claim that was taken over cannot commit.
 * Without an engine the copy must have caught up after the claims were taken. Where one of several fails, none of them is stored.
 */
export async function matchRecords(ctx: MatchContext, items: readonly WorkItem[]): Promise<(StoreResult & { scored: number })[]> {
  const found: Found[] = []
  for (const item of items) found.push(await lookUp(ctx, item))
  const causeId = items.length === 1 ? items[0]?.causeId : undefined
  return ctx.db.withTx(serviceActor('service:match', causeId ?? 'match'), async (tx) => {
    if (items.length > 1)
      await lockMatches(
        tx,
        items.map(({ recordId }) => recordId)
      )
    const results: (StoreResult & { scored: number })[] = []
    for (const one of found) results.push({ ...(await store(tx, ctx, one)), scored: one.list.scored })
    await closeWork(tx, items)
    return results
  })
}

async function lookUp(ctx: MatchContext, item: WorkItem): Promise<Found> {
  const { scorer } = ctx
  const now = ctx.now()
  const today = shanghaiDay(now)
  const copy = ctx.engine && hasCounterpart(item.library) ? await ctx.engine.gather(item.recordId, today) : ctx.copy
  if (copy.isUnread(item.recordId)) throw new NotAnnotatedError(item.recordId, scorer.edition)
  const record = hasCounterpart(item.library) ? copy.find(item.recordId) : undefined
  const list = record ? findList(ctx, { copy, record, today }) : emptyList(copy)
  return { item, version: record?.entry.version ?? 0, list, copy, duplicates: record ? findDuplicates(copy, record, scorer) : [], now }
}

async function store(tx: Tx, { scorer, newId }: MatchContext, { item, version, list, copy, duplicates, now }: Found): Promise<StoreResult> {
  const { library, recordId, cause, causeId } = item
  const stored = await storeMatches(tx, { library, recordId, list, copy, scorer, cause, causeId, now, newId })
  await storeDuplicates(tx, { library, recordId, version, found: duplicates, now, newId })
  // Whether its list has changed or not: the text of the demand may have.
  if (library === 'cooperation-demand') await oweDossiers(tx, { demandIds: [recordId], cause: 'demand.matched', causeId })
  if (hasCounterpart(library)) await oweVector(tx, item)
  return stored
}

type Looking = { copy: Pick<PublishedCopy, 'candidates' | 'mark'>; record: MatchRecord; today: string }

/** What the engine met was cut to the budget before; nothing of it may be cut again, for the stored counterparts are among it. */
function findList({ scorer, engine, candidatesMax }: MatchContext, { copy, record, today }: Looking): FoundList {
  if (!engine) return findMatches(copy, record, { scorer, today, candidatesMax })
  return { ...findMatches(copy, record, { scorer, today, candidatesMax: Infinity }), storedScored: true }
}
