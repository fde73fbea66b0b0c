import { serviceActor } from '@siku/contracts'
import { editionNumbers, editionRows, waitingForEdition } from '@siku/db'
import type { Context } from '@siku/service-kit'
import type { Thesaurus } from '@siku/thesaurus'
import { sql } from 'drizzle-orm'
import type { ThesaurusEdition } from './change-schemas.ts'

/** The newest edition, the one in force, and how far records are on the way from one to the other: numbers only, so anybody may know. */
export async function readEdition({ db, requestId }: Context, shipped: Thesaurus): Promise<ThesaurusEdition> {
  return db.withRead(serviceActor('service:match', requestId), async (tx) => {
    const { newest, inForce } = await editionNumbers(tx)
    const rows = await editionRows(tx, [newest, inForce])
    const row = rows.find(({ number }) => number === newest)
    const current = rows.find(({ number }) => number === inForce)?.edition ?? row?.base ?? shipped.edition
    const edition = row?.edition ?? shipped.edition
    const [counted] = await tx.execute<{ approved: number }>(
      sql`select count(*)::int as approved from matching.thesaurus_change where state = 'approved'`
    )
    return {
      number: newest,
      edition,
      publishedAt: row?.publishedAt ?? null,
      changes: Array.isArray(row?.changes) ? row.changes.length : 0,
      inForce: { number: inForce, edition: current },
      waiting: newest === inForce ? [] : ((await waitingForEdition(tx, { before: current, edition })) as ThesaurusEdition['waiting']),
      approved: counted?.approved ?? 0
    }
  })
}
