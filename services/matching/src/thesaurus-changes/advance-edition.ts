import { serviceActor } from '@siku/contracts'
import {
  editionNumbers,
  firstSlice,
  isWaitingForEdition,
  liveRecordsAfter,
  lockEditions,
  putInForce,
  waitingForEdition,
  writeAudit,
  type Database
} from '@siku/db'
import { followThesaurus } from '@siku/service-kit'
import type { Thesaurus } from '@siku/thesaurus'
import { sql } from 'drizzle-orm'

const actor = serviceActor('service:match', 'advance-edition')

/**
 * Moves the lists on to the newest edition once every record they use carries it, and owes every record its match again behind single
 * postings, in one transaction: whoever claims that work sees the edition it is for. True if it moved them.
 */
export async function advanceEdition(db: Database, shipped: Thesaurus): Promise<boolean> {
  const { newest, inForce, newestThesaurus, inForceThesaurus } = await followThesaurus(db, shipped).refresh()
  if (newest === inForce) return false
  const between = { before: inForceThesaurus.edition, edition: newestThesaurus.edition }
  if (await isAwaited(db, between)) return false
  return db.withTx(actor, async (tx) => {
    await lockEditions(tx)
    // Nobody stores an annotation now: what was stored until now is looked at once more.
    const now = await editionNumbers(tx)
    if (now.newest !== newest || now.inForce !== inForce || (await waitingForEdition(tx, between)).length > 0) return false
    await putInForce(tx, newest)
    const owed = await tx.execute(sql`
      select work.owe('match', d.library, d.id, 'thesaurus.edition', ${between.edition}, 1::smallint) from published.document d
      where d.library in ('cooperation-demand', 'technology-reserve') and not d.tombstone`)
    await writeAudit(tx, actor, { action: 'thesaurus.in-force', detail: { number: newest, edition: between.edition, owed: owed.length } })
    return true
  })
}

type Between = { before: string; edition: string }

const sliceMax = 500
const reached = new WeakMap<Database, { edition: string; after: string }>()

/**
 * Whether a record does not carry the newest edition yet. What carries it goes on carrying it, so each look goes on where the last one
 * met a record that did not: all looks together meet every record about once.
 */
async function isAwaited(db: Database, between: Between): Promise<boolean> {
  const known = reached.get(db)
  let after = known?.edition === between.edition ? known.after : firstSlice
  for (;;) {
    const from = after
    const { ids, waits } = await db.withRead(actor, async (tx) => {
      const slice = await liveRecordsAfter(tx, { after: from, limit: sliceMax })
      return { ids: slice, waits: await isWaitingForEdition(tx, slice, between) }
    })
    const isOver = ids.length < sliceMax
    reached.set(db, { edition: between.edition, after: isOver && !waits ? firstSlice : from })
    if (waits) return true
    if (isOver) return false
    after = ids.at(-1) ?? after
  }
}
