import {
  controlStates,
  eventsIn,
  matchStates,
  matchTable,
  maySee,
  nextState,
  recordStates,
  recordTable,
  visibilities,
  workingStates,
  workingVersionTable,
  type Actor,
  type MatchState,
  type RecordState,
  type WorkingState
} from '@siku/contracts'
import type { Face } from './may-read.ts'

/** States in which the same may be done; the first of them stands for all in the matrix. */
export type StateClass<S> = { representative: S; members: string[] }

export type RecordStanding = { state: RecordState; working: WorkingState | null }

export const standingName = ({ state, working }: RecordStanding): string => `${state}/${working ?? 'none'}`
export const isLive = (state: RecordState): boolean => nextState(recordTable, state, 'approve') !== undefined

/** Classes of record states, from the two state tables: by what can happen next and whether it stands in public. */
export function recordClasses(): StateClass<RecordStanding>[] {
  const working = [null, ...workingStates.filter((state) => state !== 'approved')]
  const all = recordStates.flatMap((state) => working.map((inHand): RecordStanding => ({ state, working: inHand }))).filter(isPossible)
  return group(all, standingName, ({ state, working: inHand }) => [
    eventsIn(recordTable, state),
    inHand !== null && isLive(state) ? eventsIn(workingVersionTable, inHand) : [],
    state === 'published',
    inHand !== null
  ])
}

/** Before the first approval there is always a draft; what has ended keeps at most a draft. */
const isPossible = ({ state, working }: RecordStanding): boolean =>
  (state !== 'new' || working !== null) && (isLive(state) || working === null || working === 'draft')

/** Classes of public faces, from who may see them. */
export function faceClasses(
  readers: readonly Actor[],
  { organisation, country, keyOf }: { organisation: string; country: string; keyOf: (id: string) => string }
): StateClass<Face>[] {
  const letters = [[], ['KE']]
  const excluded = [
    { excludedOrganisations: [], excludedCountries: [] },
    { excludedOrganisations: [organisation], excludedCountries: [] },
    { excludedOrganisations: [], excludedCountries: [country] }
  ]
  const all = visibilities.flatMap((visibility) =>
    controlStates.flatMap((control) =>
      letters.flatMap((countries) => excluded.map((more): Face => ({ visibility, control, letters: countries, ...more })))
    )
  )
  return group(all, faceName, (face) =>
    readers.map((reader) =>
      maySee(reader, {
        state: 'published',
        visibility: face.visibility as never,
        openForInterest: true,
        controlState: face.control as never,
        clearedCountries: face.letters,
        ownerKey: 'another',
        excludedKeys: face.excludedOrganisations.map(keyOf),
        excludedCountries: face.excludedCountries
      })
    )
  )
}

export const faceName = ({ visibility, control, letters, excludedOrganisations, excludedCountries }: Face): string =>
  [
    visibility,
    control,
    letters.length > 0 && `letter ${letters}`,
    excludedOrganisations.length > 0 && 'one organisation excluded',
    excludedCountries.length > 0 && `without ${excludedCountries}`
  ]
    .filter(Boolean)
    .join(', ')

/** Classes of matches: by what people may do next and whether the owner of the technology sees them. */
export function matchClasses(): StateClass<MatchState>[] {
  const seenByOwner: readonly MatchState[] = ['proposed', 'in-review', 'deferred', 'approved']
  const human = ['take', 'approve', 'reject', 'defer']
  return group(
    [...matchStates],
    (state) => state,
    (state) => [eventsIn(matchTable, state).filter((event) => human.includes(event)), seenByOwner.includes(state)]
  )
}

function group<S>(all: readonly S[], nameOf: (one: S) => string, rightsOf: (one: S) => unknown): StateClass<S>[] {
  const classes = new Map<string, StateClass<S>>()
  for (const one of all) {
    const rights = JSON.stringify(rightsOf(one))
    const known = classes.get(rights)
    if (known) known.members.push(nameOf(one))
    else classes.set(rights, { representative: one, members: [nameOf(one)] })
  }
  return [...classes.values()]
}
