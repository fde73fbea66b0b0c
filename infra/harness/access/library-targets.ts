import type { LibraryName } from '@siku/contracts'
import { organisations, personOf, visitor, writerRole } from '../support/people.ts'
import type { Places } from '../support/places.ts'
import { postBase, recordTarget, type Base, type Target } from './objects.ts'
import { faceClasses, faceName, isLive, recordClasses, standingName } from './state-classes.ts'

export type LibraryTargets = { base: Base; forReading: Target[]; forWriting: Target[]; forHead: Target[]; described: string[] }

/** One record for each class of states and each class of public faces, of one organisation, and a few of another. */
export async function libraryTargets(places: Places, library: LibraryName): Promise<LibraryTargets> {
  const { a, b } = organisations
  const author = (name: string, of: typeof a) => personOf({ name, of, roles: [writerRole[library]], keyOf: places.keyOf })
  const base = await postBase(places, library, author('owner', a))
  const foreign = await postBase(places, library, author('another organisation', b))
  const states = recordClasses()
  const faces = faceClasses(readersOf(places), { organisation: organisations.b.id, country: 'FR', keyOf: places.keyOf })
  const inStates: Target[] = []
  const withFaces: Target[] = []
  for (const { representative } of states) {
    inStates.push(
      await recordTarget(places, base, {
        name: `record of A, ${standingName(representative)}`,
        standing: representative,
        isLive: isLive(representative.state)
      })
    )
  }
  for (const { representative } of faces) {
    const standing = { state: 'published' as const, working: null }
    withFaces.push(
      await recordTarget(places, base, { name: `record of A, ${faceName(representative)}`, standing, face: representative, isLive: true })
    )
  }
  for (const standing of [
    { state: 'new' as const, working: 'draft' as const },
    { state: 'published' as const, working: null }
  ]) {
    inStates.push(await recordTarget(places, foreign, { name: `record of B, ${standingName(standing)}`, standing, isLive: true }))
  }
  const described = [
    ...states.map(({ representative, members }) => `${standingName(representative)} stands for ${members.join(', ')}`),
    ...faces.map(({ representative, members }) => `${faceName(representative)} stands for ${members.length} faces with the same readers`)
  ]
  // Who may change a record never depends on who reads it: for changes the two ends stand for all faces, hidden from all and shown to all.
  const ends = withFaces.filter(({ shown }) => shown?.control === 'unassessed' || shown?.visibility === 'public-anonymous').slice(0, 2)
  // HEAD is the handler of GET: one hidden and one shown record of each organisation tell whether it stands behind the same door.
  const forHead = inStates.filter(({ state }) => state === 'new/draft' || state === 'published/none')
  return { base, forHead, forReading: [...inStates, ...withFaces], forWriting: [...inStates, ...ends], described }
}

/** One reader of each kind that a face can tell apart. */
const readersOf = ({ keyOf }: Places) => {
  const { b, pending, kenya, france, institution } = organisations
  const reader = (of: typeof b) => personOf({ name: of.name, of, roles: ['member'], keyOf })
  return [visitor, ...[b, pending, kenya, france, institution].map(reader)]
}
