import { serviceActor } from '@siku/contracts'
import { closeWork, type Database, type Tx, type WorkItem } from '@siku/db'
import type { Thesaurus } from '@siku/thesaurus'
import { NotAnnotatedError } from '../errors.ts'
import { shanghaiDay } from '../shanghai-day.ts'
import { oweVectors } from '../embedding/owe-vectors.ts'
import { oweDossiers } from '../dossier/owe-dossiers.ts'
import { findDuplicates, type FoundDuplicate } from '../market/find-duplicates.ts'
import { storeDuplicates } from '../market/store-duplicates.ts'
import type { EngineCandidates } from './engine-candidates.ts'
import { emptyList, findMatches, type FoundList } from './find-matches.ts'
import { hasCounterpart, type MatchRecord } from './matchable.ts'
import type { PublishedCopy } from './published-copy.ts'
import { lockMatches, lockStore } from './read-stored.ts'
import type { Scorer } from './scoring.ts'
import { storeLists, type StoreInput, type StoreResult } from './store-matches.ts'

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
    const recordIds = items.map(({ recordId }) => recordId)
    await (items.length > 1 ? lockMatches(tx, recordIds) : lockStore(tx))
    const results = await store(tx, ctx, found)
    await closeWork(tx, items)
    return results.map((result, at) => ({ ...result, scored: found[at]?.list.scored ?? 0 }))
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

async function store(tx: Tx, { scorer, newId }: MatchContext, found: readonly Found[]): Promise<StoreResult[]> {
  const results = await storeLists(
    tx,
    found.map(({ item: { library, recordId, cause, causeId }, list, copy, now }) => ({
      ...{ library, recordId, cause, causeId, list, copy, scorer, now, newId },
      // Every pair has one demand, whose run looks at the reasons of all of them; and every edition owes every demand a run.
      comparesReasons: library === 'cooperation-demand'
    }))
  )
  const items = found.map(({ item }) => item)
  const demandIds = items.flatMap(({ library, recordId }) => (library === 'cooperation-demand' ? [recordId] : []))
  await Promise.all([
    storeDuplicates(
      tx,
      found.map(({ item: { library, recordId }, version, duplicates, now }) => ({
        library,
        recordId,
        version,
        found: duplicates,
        now,
        newId
      }))
    ),
    // Whether their lists have changed or not: the text of a demand may have.
    oweDossiers(tx, { demandIds, cause: 'demand.matched', causeId: items[0]?.causeId ?? null }),
    oweVectors(
      tx,
      items.filter(({ library }) => hasCounterpart(library))
    )
  ])
  return results
}

type Looking = { copy: Pick<PublishedCopy, 'reaching' | 'mark'>; record: MatchRecord; today: string }

/** What the engine met was cut to the budget before; nothing of it may be cut again, for the stored counterparts are among it. */
function findList({ scorer, engine, candidatesMax }: MatchContext, { copy, record, today }: Looking): FoundList {
  if (!engine) return findMatches(copy, record, { scorer, today, candidatesMax })
  return { ...findMatches(copy, record, { scorer, today, candidatesMax: Infinity }), storedScored: true }
}
