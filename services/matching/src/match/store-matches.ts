import { counterparts } from '@siku/contracts'
import type { Tx } from '@siku/db'
import { oweDossiers } from '../dossier/owe-dossiers.ts'
import { writeListRun } from './list-run.ts'
import { counterpartsIn, freesPlace, pairOf, type Change } from './plan-changes.ts'
import { planStore, type PlanInput } from './plan-store.ts'
import { displacedPairs, fullLists } from './read-places.ts'
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

/**
 * Journey stage 6: brings the stored matches of one record to what the run found, rows that differ only. Call it in the transaction that
 * closes the work. Pairs that lose their place to a newcomer leave with it; a full list that lost a pair is owed a run of its own.
 */
export async function storeMatches(tx: Tx, input: StoreInput): Promise<StoreResult> {
  const { changes, own } = await planStore(tx, input)
  if (changes.length === 0) return { added: 0, changed: 0, withdrawn: 0 }
  const freed = await fullLists(tx, counterpartsIn(changes.filter(freesPlace), input.recordId))
  await writeChanges(tx, changes, input)
  const displaced = await displace(tx, input, changes)
  const result = countChanges([...changes, ...displaced])
  await writeListRun(tx, input, { own, result })
  const demandIds = [...changes, ...displaced].map((change) => pairOf(change).demandId)
  await oweDossiers(tx, { demandIds, cause: 'shortlist.changed', causeId: input.causeId })
  const library = counterparts[input.library]
  if (library) await refillLists(tx, { library, recordIds: freed, causeId: input.causeId })
  return result
}

/** Whoever comes into a full list takes the place of its last pair, unless that has a place on its other side. */
async function displace(tx: Tx, input: StoreInput, changes: readonly Change[]): Promise<Change[]> {
  const came = changes.filter(({ kind }) => kind === 'insert' || kind === 'rescore')
  if (came.length === 0) return []
  const pairs = await displacedPairs(tx, [input.recordId, ...counterpartsIn(came, input.recordId)])
  const leaving = pairs.map((stored): Change => ({ kind: 'leave', stored, state: 'withdrawn' }))
  await writeChanges(tx, leaving, input)
  return leaving
}

function countChanges(changes: readonly Change[]): StoreResult {
  const count = (...kinds: Change['kind'][]) => changes.filter(({ kind }) => kinds.includes(kind)).length
  return { added: count('insert'), changed: count('rescore', 'flag'), withdrawn: count('leave') }
}
