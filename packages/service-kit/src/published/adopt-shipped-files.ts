import { serviceActor } from '@siku/contracts'
import { editionNumbers, editionRows, lockEditions, publishEdition, putInForce, writeAudit, type Database } from '@siku/db'
import { compileEdition, keepWhatHolds, type OverlayChange, type Thesaurus } from '@siku/thesaurus'
import { sql } from 'drizzle-orm'

export type Adopted = { edition: string; kept: number; dropped: { change: OverlayChange; why: string }[]; owed: number }

const actor = serviceActor('service:index', 'adopt-shipped-files')

/**
 * After an upgrade, as the owner of the database: what staff changed on the files of the former version is put on those of this one, as
 * an edition that is in force at once, and every record is owed to the index worker. What does not hold any more, mostly because it has
 * been shipped since, is left out and told. Undefined where there is nothing to take over.
 */
export async function adoptShippedFiles(db: Database, shipped: () => Thesaurus, now: () => Date): Promise<Adopted | undefined> {
  const newestRow = () =>
    db.withRead(actor, async (tx) => {
      const [row] = await editionRows(tx, [(await editionNumbers(tx)).newest])
      return row
    })
  if (!(await newestRow())) return undefined
  const files = shipped()
  return db.withTx(actor, async (tx) => {
    await lockEditions(tx)
    const [row] = await editionRows(tx, [(await editionNumbers(tx)).newest])
    if (!row || row.base === files.edition) return undefined
    const { kept, dropped } = keepWhatHolds(files, row.changes as OverlayChange[])
    const number = row.number + 1
    const { edition } = compileEdition(files, { number, changes: kept })
    await publishEdition(tx, {
      number,
      edition,
      base: files.edition,
      changes: kept,
      publishedBy: 'upgrade',
      publishedAt: now().toISOString()
    })
    await putInForce(tx, number)
    const owed = await tx.execute(sql`
      select work.owe('index', library, id, 'thesaurus.upgrade', ${edition}, 1::smallint) from published.document where not tombstone`)
    await writeAudit(tx, actor, { action: 'thesaurus.upgrade', detail: { number, edition, kept: kept.length, dropped: dropped.length } })
    const told = dropped.map(({ change, faults }) => ({ change, why: faults[0]?.fault ?? '' }))
    return { edition, kept: kept.length, dropped: told, owed: owed.length }
  })
}
