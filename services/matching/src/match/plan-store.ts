import type { LibraryName } from '@siku/contracts'
import type { Tx } from '@siku/db'
import { placesMax } from './best-lists.ts'
import type { FoundList, FoundMatch } from './find-matches.ts'
import { withOtherReasons } from './compare-reasons.ts'
import { asksForPlace, planFound, planLost, type Change, type FoundPair, type StoredMatch } from './plan-changes.ts'
import type { PublishedCopy } from './published-copy.ts'
import { lastPlaces } from './read-places.ts'
import { recordsNow, storedMatches, type RecordNow } from './read-stored.ts'

export type PlanInput = {
  library: LibraryName
  recordId: string
  /** What the run found; empty where the record is not offered. */
  list: FoundList
  /** The copy the list was found in: a row that has moved on since that mark is left to its own run. */
  copy: Pick<PublishedCopy, 'revisionAt' | 'vectorAt' | 'isUnread'>
  /** Whether pairs stored in another edition and equal in all else are explained again, to see whether their reasons are still these. */
  comparesReasons?: boolean
}

export type Plan = { changes: Change[]; own: RecordNow | undefined }

/**
 * What a store would change now, under the lock: none if the stored matches are what they should be. Where the record or a counterpart
 * has a newer revision, that revision's own run has the last word.
 */
export async function planStore(tx: Tx, input: PlanInput): Promise<Plan> {
  const pairs = pairUp(input, await storedMatches(tx, input.recordId))
  if (pairs.length === 0) return { changes: [], own: undefined }
  const counterpartIds = pairs.map(({ counterpartId }) => counterpartId)
  const records = await recordsNow(tx, [input.recordId, ...counterpartIds], idsToHash(input.recordId, pairs))

  const own = records.get(input.recordId)
  if (own === undefined || !own.isOffered) {
    return { changes: pairs.flatMap(({ stored }) => (stored && planLost(stored, { isClosed: true })) ?? []), own }
  }
  if (hasMovedOn(own, input)) return { changes: [], own }

  const { found, lost } = judge(pairs, { input, records })
  const places = await givePlaces(tx, input.recordId, found)
  const otherReasons = input.comparesReasons === true ? await withOtherReasons(tx, found) : new Set<string>()
  const planPlaced = (pair: Found) => planFound({ ...pair, hasOtherReasons: otherReasons.has(pair.stored?.id ?? '') })
  return {
    changes: [
      ...found.flatMap((pair) => (places.has(pair) ? planPlaced(pair) : planDisplaced(pair)) ?? []),
      ...lost.flatMap(({ stored, isClosed }) => planLost(stored, { isClosed }) ?? [])
    ],
    own
  }
}

/** A newer revision, another vector or another model since the list was found: each of them owes a run of its own. */
const hasMovedOn = (record: RecordNow, { copy, list }: PlanInput): boolean =>
  record.revision > copy.revisionAt(record.id, list.mark) || (record.isOffered && record.vector !== copy.vectorAt(record.id, list.mark))

type Pair = { counterpartId: string; stored: StoredMatch | undefined; found: FoundMatch | undefined }

function pairUp({ recordId, list }: PlanInput, stored: readonly StoredMatch[]): Pair[] {
  const counterpartOf = (pair: { demandId: string; technologyId: string }) =>
    pair.demandId === recordId ? pair.technologyId : pair.demandId
  const pairs = new Map<string, Pair>(
    list.matches.map((found) => [counterpartOf(found), { counterpartId: counterpartOf(found), stored: undefined, found }])
  )
  for (const row of stored) {
    const counterpartId = counterpartOf(row)
    pairs.set(counterpartId, { counterpartId, found: pairs.get(counterpartId)?.found, stored: row })
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

type Found = Omit<FoundPair, 'hasOtherReasons'> & { counterpartId: string }
type Lost = { stored: StoredMatch; isClosed: boolean }

/** Pairs this run may speak for: those above the threshold, best first as they were found, and those that are not any more. */
function judge(pairs: readonly Pair[], { input, records }: { input: PlanInput; records: Map<string, RecordNow> }) {
  const found: Found[] = []
  const lost: Lost[] = []
  const materialOf = (id: string, known: string | undefined) => records.get(id)?.material ?? known ?? ''
  for (const { counterpartId, stored, found: match } of pairs) {
    const counterpart = records.get(counterpartId)
    if (counterpart && hasMovedOn(counterpart, input)) continue
    if (match) {
      const materials = {
        demand: materialOf(match.demandId, stored?.demandMaterial),
        technology: materialOf(match.technologyId, stored?.technologyMaterial)
      }
      found.push({ counterpartId, stored, found: match, materials })
    } else if (stored && !isUnjudged(counterpartId, counterpart, input)) lost.push({ stored, isClosed: !counterpart?.isOffered })
  }
  return { found, lost }
}

/** An open counterpart that this run could not look at: its annotation is still to come, or the budget of candidates was used up. */
const isUnjudged = (counterpartId: string, counterpart: RecordNow | undefined, { list, copy }: PlanInput): boolean =>
  counterpart !== undefined && counterpart.isOffered && ((list.cut && list.storedScored !== true) || copy.isUnread(counterpartId))

/** A pair has a place in its own list, or in its counterpart's by beating the last one there; what people decided needs none. */
async function givePlaces(tx: Tx, recordId: string, found: readonly Found[]): Promise<Set<Found>> {
  const contenders = found.filter(({ stored, materials }) => asksForPlace(stored, materials))
  const beyond = contenders.slice(placesMax)
  const last = await lastPlaces(
    tx,
    beyond.map(({ counterpartId }) => counterpartId),
    recordId
  )
  const beats = ({ counterpartId, found: { scoreMillionths } }: Found) => {
    const holder = last.get(counterpartId)
    if (!holder || scoreMillionths > holder.scoreMillionths) return true
    return scoreMillionths === holder.scoreMillionths && recordId < holder.counterpartId
  }
  const without = new Set(beyond.filter((pair) => !beats(pair)))
  return new Set(found.filter((pair) => !without.has(pair)))
}

const planDisplaced = ({ stored }: Found): Change | undefined => stored && planLost(stored, { isClosed: false })
