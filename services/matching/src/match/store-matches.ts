import type { LibraryName } from '@siku/contracts'
import type { Tx } from '@siku/db'
import { sql } from 'drizzle-orm'
import type { FoundList, FoundMatch } from './find-matches.ts'
import { planFound, planLost, type Change, type StoredMatch } from './plan-changes.ts'
import type { PublishedCopy } from './published-copy.ts'
import { lockStore, recordsNow, storedMatches, type RecordNow } from './read-stored.ts'
import type { Scorer } from './scoring.ts'
import { writeChanges } from './write-changes.ts'

export type StoreInput = {
  library: LibraryName
  recordId: string
  /** What the run found; empty where the record is not offered. */
  list: FoundList
  /** The copy the list was found in: a row that has moved on since that mark is left to its own run. */
  copy: Pick<PublishedCopy, 'revisionAt' | 'isUnread'>
  scorer: Scorer
  cause: string
  causeId: string | null
  now: Date
  newId: () => string
}

export type StoreResult = { added: number; changed: number; withdrawn: number }

/**
 * Journey stage 6: brings the stored matches of one record to what the run found, rows that differ only. Call it in the transaction that
 * closes the work. Where the record or a counterpart has a newer revision, that revision's own run has the last word.
 */
export async function storeMatches(tx: Tx, input: StoreInput): Promise<StoreResult> {
  const { changes, own } = await planStore(tx, input)
  if (changes.length === 0) return { added: 0, changed: 0, withdrawn: 0 }
  await writeChanges(tx, changes, input)
  const result = countChanges(changes)
  await writeListRun(tx, input, { own, result })
  return result
}

/** What a store would change now, under the lock: none if the stored matches are what they should be. */
export async function planStore(tx: Tx, input: StoreInput): Promise<{ changes: Change[]; own: RecordNow | undefined }> {
  await lockStore(tx)
  const pairs = pairUp(input, await storedMatches(tx, input.recordId))
  if (pairs.length === 0) return { changes: [], own: undefined }
  const counterpartIds = pairs.map(({ counterpartId }) => counterpartId)
  const records = await recordsNow(tx, [input.recordId, ...counterpartIds], idsToHash(input.recordId, pairs))

  const own = records.get(input.recordId)
  const isOwnClosed = own === undefined || !own.isOffered
  const isOutdated = own !== undefined && !isOwnClosed && own.revision > input.copy.revisionAt(own.id, input.list.mark)
  if (isOutdated) return { changes: [], own }
  return { changes: pairs.flatMap((pair) => planPair(pair, { input, records, isOwnClosed }) ?? []), own }
}

type Pair = { counterpartId: string; stored: StoredMatch | undefined; found: FoundMatch | undefined }

function pairUp({ recordId, list }: StoreInput, stored: readonly StoredMatch[]): Pair[] {
  const counterpartOf = (pair: { demandId: string; technologyId: string }) =>
    pair.demandId === recordId ? pair.technologyId : pair.demandId
  const pairs = new Map<string, Pair>(
    stored.map((row) => [counterpartOf(row), { counterpartId: counterpartOf(row), stored: row, found: undefined }])
  )
  for (const found of list.matches) {
    const counterpartId = counterpartOf(found)
    pairs.set(counterpartId, { counterpartId, stored: pairs.get(counterpartId)?.stored, found })
  }
  return [...pairs.values()]
}

/** A text is hashed only where its pair is new or has a new version. */
function idsToHash(recordId: string, pairs: readonly Pair[]): string[] {
  const fresh = pairs.filter(({ stored, found }) => found && !isSameVersion(stored, found))
  return fresh.length === 0 ? [] : [recordId, ...fresh.map(({ counterpartId }) => counterpartId)]
}

const isSameVersion = (stored: StoredMatch | undefined, found: FoundMatch): boolean =>
  stored !== undefined && stored.demandVersion === found.demandVersion && stored.technologyVersion === found.technologyVersion

type PlanContext = { input: StoreInput; records: Map<string, RecordNow>; isOwnClosed: boolean }

function planPair({ counterpartId, stored, found }: Pair, { input, records, isOwnClosed }: PlanContext): Change | undefined {
  if (isOwnClosed) return stored && planLost(stored, { isClosed: true })
  const counterpart = records.get(counterpartId)
  if (counterpart && counterpart.revision > input.copy.revisionAt(counterpartId, input.list.mark)) return undefined
  if (!found && isUnjudged({ counterpartId, counterpart, input })) return undefined
  if (!found) return stored && planLost(stored, { isClosed: !counterpart?.isOffered })
  const materialOf = (id: string, known: string | undefined) => records.get(id)?.material ?? known ?? ''
  return planFound(stored, found, {
    demand: materialOf(found.demandId, stored?.demandMaterial),
    technology: materialOf(found.technologyId, stored?.technologyMaterial)
  })
}

/** An open counterpart that this run could not look at: its annotation is still to come, or the budget of candidates was used up. */
const isUnjudged = ({
  counterpartId,
  counterpart,
  input
}: {
  counterpartId: string
  counterpart: RecordNow | undefined
  input: StoreInput
}): boolean => counterpart !== undefined && counterpart.isOffered && (input.list.cut || input.copy.isUnread(counterpartId))

function countChanges(changes: readonly Change[]): StoreResult {
  const count = (...kinds: Change['kind'][]) => changes.filter(({ kind }) => kinds.includes(kind)).length
  return { added: count('insert'), changed: count('rescore', 'flag'), withdrawn: count('leave') }
}

/** The list as this run left it, with all that a replay needs: counterpart, version, features, score and place. */
async function writeListRun(
  tx: Tx,
  input: StoreInput,
  { own, result }: { own: RecordNow | undefined; result: StoreResult }
): Promise<void> {
  const { list, scorer, recordId } = input
  const items = list.matches.map((match, index) => ({
    rank: index + 1,
    id: match.demandId === recordId ? match.technologyId : match.demandId,
    version: match.demandId === recordId ? match.technologyVersion : match.demandVersion,
    scoreMillionths: match.scoreMillionths,
    features: match.features
  }))
  await tx.execute(sql`
    insert into matching.list_run (id, library, record_id, record_version, record_revision, thesaurus_edition, weights_version,
      threshold_millionths, cause, cause_id, cut, items, added, changed, withdrawn, at)
    values (${input.newId()}::uuid, ${input.library}, ${recordId}::uuid, ${own?.version ?? 0}, ${own?.revision ?? 0}, ${scorer.edition},
      ${scorer.weightsVersion}, ${scorer.thresholdMillionths}, ${input.cause}, ${input.causeId}, ${list.cut},
      ${JSON.stringify(items)}::jsonb, ${result.added}, ${result.changed}, ${result.withdrawn}, ${input.now.toISOString()}::timestamptz)`)
}
