import { serviceActor } from '@siku/contracts'
import { editionNumbers, editionRows, type Database, type EditionNumbers, type EditionRow } from '@siku/db'
import { compileEdition, type OverlayChange, type Thesaurus } from '@siku/thesaurus'
import { EditionOfOtherFilesError } from './errors.ts'

/** What texts are read with: the edition that lists are in, and the newest, until lists have moved on to it. */
export type Editions = EditionNumbers & { inForceThesaurus: Thesaurus; newestThesaurus: Thesaurus }

export type ThesaurusFollower = {
  /** The edition that lists are in, as last read. */
  inForce: () => Thesaurus
  /** Reads which editions there are; compiles what is new. Throws EditionOfOtherFilesError where they stand on other shipped files. */
  refresh: () => Promise<Editions>
}

const actor = serviceActor('service:index', 'follow-thesaurus')
const followers = new WeakMap<Database, WeakMap<Thesaurus, ThesaurusFollower>>()

/** The editions as one process meets them over a connection, from the files it was shipped with; everybody who asks shares one follower. */
export function followThesaurus(db: Database, shipped: Thesaurus): ThesaurusFollower {
  const known = followers.get(db) ?? new WeakMap<Thesaurus, ThesaurusFollower>()
  followers.set(db, known)
  const follower = known.get(shipped) ?? createFollower(db, shipped)
  known.set(shipped, follower)
  return follower
}

function createFollower(db: Database, shipped: Thesaurus): ThesaurusFollower {
  let held: Editions = { newest: 0, inForce: 0, inForceThesaurus: shipped, newestThesaurus: shipped }
  const read = async (): Promise<Editions> => {
    const found = await db.withRead(actor, async (tx) => {
      const numbers = await editionNumbers(tx)
      if (numbers.newest === held.newest && numbers.inForce === held.inForce) return undefined
      return { numbers, rows: await editionRows(tx, [numbers.newest, numbers.inForce]) }
    })
    if (!found) return held
    const { numbers, rows } = found
    const of = (number: number) =>
      editionOf(
        shipped,
        rows.find((row) => row.number === number)
      )
    held = { ...numbers, inForceThesaurus: of(numbers.inForce), newestThesaurus: of(numbers.newest) }
    return held
  }
  let reading: Promise<Editions> | undefined
  return {
    inForce: () => held.inForceThesaurus,
    // Never one that began before it was asked for: a claim taken earlier must meet what was published before it.
    refresh: () => {
      const next = (reading ?? Promise.resolve()).then(read, read)
      reading = next
      return next
    }
  }
}

const compiled = new WeakMap<Thesaurus, Map<string, Thesaurus>>()
const keptMax = 3

/** Compiling takes a third of a second and its result much memory: a process with several services has each edition once. */
function editionOf(shipped: Thesaurus, row: EditionRow | undefined): Thesaurus {
  if (!row) return shipped
  const known = compiled.get(shipped) ?? new Map<string, Thesaurus>()
  compiled.set(shipped, known)
  const thesaurus = known.get(row.edition) ?? compileRow(shipped, row)
  known.delete(row.edition)
  known.set(row.edition, thesaurus)
  const [oldest] = known.keys()
  if (known.size > keptMax && oldest !== undefined) known.delete(oldest)
  return thesaurus
}

function compileRow(shipped: Thesaurus, { number, edition, base, changes }: EditionRow): Thesaurus {
  if (base !== shipped.edition) throw new EditionOfOtherFilesError({ edition, base, shipped: shipped.edition })
  const thesaurus = compileEdition(shipped, { number, changes: changes as OverlayChange[] })
  if (thesaurus.edition !== edition) throw new EditionOfOtherFilesError({ edition, base, shipped: shipped.edition })
  return thesaurus
}
