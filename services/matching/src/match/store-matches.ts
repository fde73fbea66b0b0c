import { counterparts } from '@siku/contracts'
import type { Tx } from '@siku/db'
import { oweDossiers } from '../dossier/owe-dossiers.ts'
import { writeListRuns } from './list-run.ts'
import { counterpartsIn, freesPlace, pairOf, type Change } from './plan-changes.ts'
import { planStore, type PlanInput } from './plan-store.ts'
import { displacedPairs, fullLists } from './read-places.ts'
import { lockStore, type RecordNow } from './read-stored.ts'
import { refillLists } from './refill-lists.ts'
import type { Scorer } from './scoring.ts'
import { writeChanges } from './write-changes.ts'

export type StoreInput = PlanInput & {
  scorer: Scorer
  cause: string
  causeId: string | null
  now: Date
  newId: () => string
}

export type StoreResult = { added: number; changed: number; withdrawn: number }

/** A list that is stored, up to what is written behind it. */
type Stored = { input: StoreInput; own: RecordNow | undefined; changes: readonly Change[]; freed: Set<string> }

const nothing: StoreResult = { added: 0, changed: 0, withdrawn: 0 }

/** The same as `storeLists` for one record, under a lock of its own. */
export async function storeMatches(tx: Tx, input: StoreInput): Promise<StoreResult> {
  await lockStore(tx)
  const [result = nothing] = await storeLists(tx, [input])
  return result
}

/**
 * Journey stage 6: brings the stored matches of some records to what their runs found, rows that differ only. Call it under the lock, in
 * the transaction that closes the work. Pairs that lose their place to a newcomer leave with it; a full list that lost a pair is owed a
 * run of its own. Gives a result for each record, in their order.
 */
export async function storeLists(tx: Tx, inputs: readonly StoreInput[]): Promise<StoreResult[]> {
  const stored: Stored[] = []
  for (const input of inputs) stored.push(await storeList(tx, input))
  const displaced = await displace(tx, stored)
  const changesOf = (one: Stored) => [...one.changes, ...(displaced.get(one) ?? [])]
  const runs = stored.flatMap((one) => {
    const changes = changesOf(one)
    return changes.length === 0 ? [] : [{ ...one, changes, result: countChanges(changes) }]
  })
  await Promise.all([writeListRuns(tx, runs), oweFollowing(tx, runs)])
  return stored.map((one) => countChanges(changesOf(one)))
}

async function storeList(tx: Tx, input: StoreInput): Promise<Stored> {
  const { changes, own } = await planStore(tx, input)
  const freed = await fullLists(tx, counterpartsIn(changes.filter(freesPlace), input.recordId))
  await writeChanges(tx, changes, input)
  return { input, own, changes, freed }
}

/** Dossiers of the demands whose lists are others now, and runs for full lists that lost a pair. */
async function oweFollowing(tx: Tx, stored: readonly Stored[]): Promise<void> {
  const causeId = stored[0]?.input.causeId ?? null
  const demandIds = stored.flatMap(({ changes }) => changes.map((change) => pairOf(change).demandId))
  await oweDossiers(tx, { demandIds, cause: 'shortlist.changed', causeId })
  for (const library of ['cooperation-demand', 'technology-reserve'] as const) {
    const freed = stored.flatMap(({ input, freed: ids }) => (counterparts[input.library] === library ? [...ids] : []))
    await refillLists(tx, { library, recordIds: [...new Set(freed)].sort(), causeId })
  }
}

/**
 * Whoever comes into a full list takes the place of its last pair, unless that has a place on its other side. Such a pair is counted with
 * the last record that came into a list of it.
 */
async function displace(tx: Tx, stored: readonly Stored[]): Promise<Map<Stored, Change[]>> {
  const touched = stored.flatMap((one) => {
    const came = one.changes.filter(({ kind }) => kind === 'insert' || kind === 'rescore')
    return came.length === 0 ? [] : [{ one, ids: new Set([one.input.recordId, ...counterpartsIn(came, one.input.recordId)]) }]
  })
  const displaced = new Map<Stored, Change[]>()
  const last = touched.at(-1)
  if (!last) return displaced
  const pairs = await displacedPairs(tx, [...new Set(touched.flatMap(({ ids }) => [...ids]))])
  for (const pair of pairs) {
    const { one } = touched.findLast(({ ids }) => ids.has(pair.demandId) || ids.has(pair.technologyId)) ?? last
    displaced.set(one, [...(displaced.get(one) ?? []), { kind: 'leave', stored: pair, state: 'withdrawn' }])
  }
  await writeChanges(tx, [...displaced.values()].flat(), last.one.input)
  return displaced
}

function countChanges(changes: readonly Change[]): StoreResult {
  const count = (...kinds: Change['kind'][]) => changes.filter(({ kind }) => kinds.includes(kind)).length
  return { added: count('insert'), changed: count('rescore', 'flag'), withdrawn: count('leave') }
}
