import { counterparts, type LibraryName } from '@siku/contracts'
import { checkSample } from '@siku/matching'
import type { Call } from '../command.ts'
import { matchWorker } from '../match-worker.ts'
import type { Here } from '../open-database.ts'
import type { DriftLine } from './drift-line.ts'

const everything = 1_000_000

/** Holds the stored matches of every record whose work is done against brute force; what differs is mended. */
export async function reconcileMatches(
  { log }: Pick<Call, 'log'>,
  here: Here,
  libraries: readonly LibraryName[]
): Promise<{ compared: number; drifts: DriftLine[] }> {
  if (!libraries.some((library) => counterparts[library])) return { compared: 0, drifts: [] }
  const { context } = await matchWorker({ log }, here)
  const { checked, drifted, cut } = await checkSample(context, everything)
  const libraryFor = (id: string): LibraryName =>
    context.copy.find(id)?.side === 'technology' ? 'technology-reserve' : 'cooperation-demand'
  const driftOf = (id: string, kind: string): DriftLine => ({ what: 'matches', library: libraryFor(id), id, kind })
  return {
    compared: checked,
    drifts: [
      ...drifted.map((id) => driftOf(id, 'differs from brute force')),
      ...cut.map((id) => driftOf(id, 'its last run met more candidates than it looks at'))
    ]
  }
}
