import { matchTable, nextState, type MatchState } from '@siku/contracts'
import type { FoundMatch } from './find-matches.ts'

/** What of a stored match a run needs to know. */
export type StoredMatch = {
  id: string
  demandId: string
  technologyId: string
  demandVersion: number
  technologyVersion: number
  demandMaterial: string
  technologyMaterial: string
  contentHash: string
  /** Of the thesaurus in which it was last found to be otherwise. */
  edition: string
  scoreMillionths: number
  band: string
  state: MatchState
  uncleared: boolean
  changed: boolean
  closed: boolean
  previous: Previous | null
}
export type Previous = { demandVersion: number; technologyVersion: number; scoreMillionths: number; band: string }

/** Hashes of the texts of a pair, so that a correction of a date is told from a new text. */
export type Materials = { demand: string; technology: string }

export type Change =
  | { kind: 'insert'; found: FoundMatch; materials: Materials }
  | {
      kind: 'rescore'
      stored: StoredMatch
      found: FoundMatch
      materials: Materials
      state: MatchState
      changed: boolean
      renewed: boolean
      previous: Previous | null
    }
  | { kind: 'leave'; stored: Pick<StoredMatch, 'id' | 'demandId' | 'technologyId'>; state: MatchState }
  | { kind: 'flag'; stored: StoredMatch; flags: { changed: boolean; closed: boolean; uncleared: boolean } }

const undecided: readonly MatchState[] = ['proposed', 'in-review', 'deferred']
export const isUndecided = ({ state }: Pick<StoredMatch, 'state'>): boolean => undecided.includes(state)

/** The records on the other side of some changes of one record. */
export const counterpartsIn = (changes: readonly Change[], recordId: string): string[] =>
  changes.map((change) => {
    const { demandId, technologyId } = pairOf(change)
    return demandId === recordId ? technologyId : demandId
  })

export const pairOf = (change: Change) => (change.kind === 'insert' ? change.found : change.stored)

/** Whether a found pair asks for a place in the lists; what people decided has none, unless its texts are new. */
export function asksForPlace(stored: StoredMatch | undefined, materials: Materials): boolean {
  if (!stored || stored.state === 'withdrawn' || isUndecided(stored)) return true
  return stored.state === 'rejected' && isNewText(stored, materials)
}

/** Whether a change takes a pair out of its place or lets it fall behind, so that another may come into a full list. */
export function freesPlace(change: Change): boolean {
  if (change.kind === 'leave') return true
  return change.kind === 'rescore' && isUndecided(change.stored) && change.found.scoreMillionths < change.stored.scoreMillionths
}

export type FoundPair = {
  stored: StoredMatch | undefined
  found: FoundMatch
  materials: Materials
  /** In another edition the reasons are not what was stored, though all else is. */
  hasOtherReasons: boolean
}

/** A pair that is in the match set now: a row only where something differs, and what people decided stays theirs. */
export function planFound({ stored, found, materials, hasOtherReasons }: FoundPair): Change | undefined {
  if (!stored) return { kind: 'insert', found, materials }
  if (isUndecided(stored)) {
    return stored.contentHash === found.contentHash && !hasOtherReasons ? undefined : rescore(stored, found, materials, {})
  }
  if (stored.state === 'withdrawn') return rescore(stored, found, materials, { event: 'return' })
  if (stored.state === 'rejected' && isNewText(stored, materials)) return rescore(stored, found, materials, { event: 'renew' })
  return planDecided(stored, { changed: stored.changed || isNewVersion(stored, found), closed: false, uncleared: found.uncleared })
}

/** A pair that is no longer in the match set. `isClosed`: a record of it is not open, so that what was decided cannot go on. */
export function planLost(stored: StoredMatch, { isClosed }: { isClosed: boolean }): Change | undefined {
  const state = nextState(matchTable, stored.state, 'leave')
  if (state !== undefined) return { kind: 'leave', stored, state }
  if (stored.state === 'withdrawn') return undefined
  return planDecided(stored, { changed: stored.changed || !isClosed, closed: isClosed, uncleared: stored.uncleared })
}

function rescore(stored: StoredMatch, found: FoundMatch, materials: Materials, { event }: { event?: 'return' | 'renew' }): Change {
  const state = (event && nextState(matchTable, stored.state, event)) ?? stored.state
  const changed = event === 'renew' || stored.changed || isNewText(stored, materials)
  const { demandVersion, technologyVersion, scoreMillionths, band } = stored
  const previous = changed ? (stored.previous ?? { demandVersion, technologyVersion, scoreMillionths, band }) : null
  return { kind: 'rescore', stored, found, materials, state, changed, renewed: event === 'renew', previous }
}

function planDecided(stored: StoredMatch, flags: { changed: boolean; closed: boolean; uncleared: boolean }): Change | undefined {
  const isSame = flags.changed === stored.changed && flags.closed === stored.closed && flags.uncleared === stored.uncleared
  return isSame ? undefined : { kind: 'flag', stored, flags }
}

const isNewVersion = (stored: StoredMatch, found: FoundMatch): boolean =>
  stored.demandVersion !== found.demandVersion || stored.technologyVersion !== found.technologyVersion

const isNewText = (stored: StoredMatch, materials: Materials): boolean =>
  stored.demandMaterial !== materials.demand || stored.technologyMaterial !== materials.technology
