import { serviceActor, type LibraryName, type PublishedText } from '@siku/contracts'
import {
  carryAnnotations,
  dropAnnotations,
  firstSlice,
  leftBehind,
  liveRecordsAfter,
  oweWorkForAll,
  type Database,
  type LeftBehind
} from '@siku/db'
import { followThesaurus, readingOf, type Editions } from '@siku/service-kit'
import { isSameEpoch, reachBetween, type Reach, type Thesaurus } from '@siku/thesaurus'
import type { Library } from '../define-library.ts'

export type CarryOptions = { db: Database; library: Library; thesaurus: Thesaurus }

/** Records looked at in one transaction. */
const sliceMax = 200
/** Calls after which a pass that found nothing is made once more while lists wait: about a minute of an idle worker. */
const restsMax = 12
const actor = serviceActor('service:index', 'carry-edition')

/**
 * Brings the records of a library to the newest edition of the thesaurus, a slice at a time in the order of their ids: those it concerns
 * are owed to the index worker, the others are given its stamp without being read again. Once lists have moved on, what is left of other
 * editions is dropped. A pass that is killed begins anew and finds by looking what is still to be done. Returns how many records it
 * looked at; none: there is nothing to do now.
 */
export async function carryEdition(options: CarryOptions): Promise<number> {
  const editions = await followThesaurus(options.db, options.thesaurus).refresh()
  if (editions.newest === 0) return 0
  const pass = passOf(options, editions)
  if (pass.step === 'carry') return carrySlice(options, editions, pass)
  if (pass.step === 'drop') return dropSlice(options, editions, pass)
  pass.rests += 1
  if (editions.newest !== editions.inForce && pass.rests >= restsMax) Object.assign(pass, begun())
  return 0
}

/** Where a worker stands on its way over the records of a library; `behind`: found on this way. */
type Pass = { editions: string; step: 'carry' | 'drop' | 'rest'; after: string; behind: number; rests: number }

const begun = () => ({ step: 'carry' as const, after: firstSlice, behind: 0, rests: 0 })
const passes = new WeakMap<Database, Map<LibraryName, Pass>>()

/** A library is gone over anew when there is another edition, or lists have moved on. */
function passOf({ db, library }: CarryOptions, { newestThesaurus, inForce }: Editions): Pass {
  const ofDatabase = passes.get(db) ?? new Map<LibraryName, Pass>()
  passes.set(db, ofDatabase)
  const editions = `${newestThesaurus.edition} ${inForce}`
  const known = ofDatabase.get(library.name)
  const pass = known?.editions === editions ? known : { editions, ...begun() }
  ofDatabase.set(library.name, pass)
  return pass
}

async function carrySlice({ db, library }: CarryOptions, editions: Editions, pass: Pass): Promise<number> {
  const { inForceThesaurus: before, newestThesaurus: newest } = editions
  const reach = reachOf(before, newest)
  const { ids, found } = await db.withTx(actor, async (tx) => {
    const slice = await liveRecordsAfter(tx, { library: library.name, after: pass.after, limit: sliceMax })
    const asked = { ids: slice, edition: newest.edition, before: before.edition, concepts: reach?.concepts ?? [] }
    const behind = await leftBehind(tx, asked)
    const [concerned, others] = split(behind, reach)
    await carryAnnotations(tx, { rows: others, from: before.edition, to: newest.edition })
    await oweWorkForAll(tx, {
      kind: 'index',
      library: library.name,
      recordIds: concerned.map(({ id }) => id),
      cause: 'thesaurus.edition',
      causeId: newest.edition,
      lane: 1
    })
    return { ids: slice, found: behind.length }
  })
  pass.behind += found
  pass.after = ids.at(-1) ?? pass.after
  if (ids.length === sliceMax) return ids.length
  if (pass.behind > 0) Object.assign(pass, begun())
  else Object.assign(pass, begun(), { step: before === newest ? 'drop' : 'rest' })
  return pass.step === 'rest' ? 0 : Math.max(1, ids.length)
}

/** What lists have left: nobody reads it any more. */
async function dropSlice({ db, library }: CarryOptions, { newestThesaurus }: Editions, pass: Pass): Promise<number> {
  const { edition } = newestThesaurus
  const slice = await db.withTx(actor, (tx) => dropAnnotations(tx, { library: library.name, after: pass.after, limit: sliceMax, edition }))
  if (slice) pass.after = slice.last
  else pass.step = 'rest'
  return slice ? 1 : 0
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
