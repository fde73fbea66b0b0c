import { serviceActor, type LibraryName, type PublishedText } from '@siku/contracts'
import { carryAnnotations, dropAnnotations, editionRows, leftBehind, oweWorkForAll, type Database, type LeftBehind } from '@siku/db'
import { followThesaurus, readingOf, type Editions } from '@siku/service-kit'
import { isSameEpoch, reachBetween, type Reach, type Thesaurus } from '@siku/thesaurus'
import type { Library } from '../define-library.ts'

export type CarryOptions = { db: Database; library: Library; thesaurus: Thesaurus }

const pageMax = 200
const actor = serviceActor('service:index', 'carry-edition')

/**
 * Brings the records of a library to the newest edition of the thesaurus, a page at a time: those it concerns are owed to the index
 * worker, the others are given its stamp without being read again. What is left behind is found by looking, so a pass that is killed
 * is simply gone on with. Returns how many records it dealt with.
 */
export async function carryEdition({ db, library, thesaurus }: CarryOptions): Promise<number> {
  const editions = await followThesaurus(db, thesaurus).refresh()
  if (editions.newest === 0 || isSettled(db, library.name, editions)) return 0
  const { inForceThesaurus: before, newestThesaurus: newest } = editions
  const reach = reachOf(before, newest)
  const page = await db.withTx(actor, async (tx) => {
    const found = await leftBehind(tx, {
      library: library.name,
      edition: newest.edition,
      before: before.edition,
      concepts: reach?.concepts ?? [],
      limit: pageMax
    })
    const [concerned, others] = split(found, reach)
    await carryAnnotations(tx, { rows: others, from: before.edition, to: newest.edition })
    await oweWorkForAll(tx, {
      kind: 'index',
      library: library.name,
      recordIds: concerned.map(({ id }) => id),
      cause: 'thesaurus.edition',
      causeId: newest.edition,
      lane: 1
    })
    return found
  })
  if (page.length > 0 || before !== newest) return page.length
  if (await dropFormer(db, editions)) return 1
  settle(db, library.name, editions)
  return 0
}

/** Undefined across an epoch, where every record is read again. */
function reachOf(before: Thesaurus, newest: Thesaurus): Reach | undefined {
  if (before === newest || !isSameEpoch(before, newest)) return undefined
  const known = reaches.get(newest)
  if (known?.before === before) return known.reach
  const reach = reachBetween(before, newest)
  reaches.set(newest, { before, reach })
  return reach
}

const reaches = new WeakMap<Thesaurus, { before: Thesaurus; reach: Reach }>()

function split(found: readonly LeftBehind[], reach: Reach | undefined): [concerned: LeftBehind[], others: LeftBehind[]] {
  const isConcerned = ({ isReadBefore, carries, text }: LeftBehind) =>
    !reach || !isReadBefore || carries || meets(reach, text as PublishedText)
  return [found.filter(isConcerned), found.filter((row) => !isConcerned(row))]
}

function meets({ meets: says }: Reach, text: PublishedText): boolean {
  const reading = readingOf(text)
  return reading.from !== 'needs-translation' && says(reading.input)
}

/** What lists have left: nobody reads it any more. */
async function dropFormer(db: Database, { newest, newestThesaurus }: Editions): Promise<boolean> {
  const numbers = Array.from({ length: newest - 1 }, (_, at) => at + 1)
  return db.withTx(actor, async (tx) => {
    const former = (await editionRows(tx, numbers)).map(({ edition }) => edition)
    const shipped = newestThesaurus.epoch ? [newestThesaurus.epoch.edition] : []
    return (await dropAnnotations(tx, { editions: [...former, ...shipped], limit: pageMax })) > 0
  })
}

/** A library that has been brought up to an edition in force is looked at again when there is another one. */
const settled = new WeakMap<Database, Map<LibraryName, number>>()
const isSettled = (db: Database, library: LibraryName, { newest, inForce }: Editions): boolean =>
  newest === inForce && settled.get(db)?.get(library) === newest

function settle(db: Database, library: LibraryName, { newest }: Editions): void {
  settled.set(db, (settled.get(db) ?? new Map<LibraryName, number>()).set(library, newest))
}
