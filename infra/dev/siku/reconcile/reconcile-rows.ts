import { serviceActor, type LibraryName } from '@siku/contracts'
import { oweWorkForAll } from '@siku/db'
import { sql } from 'drizzle-orm'
import type { Here } from '../open-database.ts'
import type { DriftLine } from './drift-line.ts'

const actor = serviceActor('service:index', 'command-line')
type Row = { id: string; kind: string | null }

/**
 * Published rows without an annotation of this edition that fits them, or without a place in the feed, and nothing owed that would give it:
 * their index work is owed again.
 */
export async function reconcileRows(
  here: Here,
  libraries: readonly LibraryName[],
  edition: string
): Promise<{ compared: number; drifts: DriftLine[] }> {
  let compared = 0
  const drifts: DriftLine[] = []
  for (const library of libraries) {
    const stale = await here.connect(library).withTx(actor, async (tx) => {
      const rows = [
        ...(await tx.execute<Row>(sql`
          select d.id, case when a.id is null then 'not annotated' when a.version <> d.version then 'annotation of another version'
            when a.hash <> d.hash then 'annotation of another text' when d.position is null then 'no place in the feed' end as kind
          from published.document d left join published.annotation a on a.id = d.id and a.edition = ${edition}
          where d.library = ${library} and not d.tombstone
            and not exists (select from work.item i where i.kind = 'index' and i.record_id = d.id and i.done < i.wanted)`))
      ]
      compared += rows.length
      const wrong = rows.filter((row): row is Row & { kind: string } => row.kind !== null)
      await oweWorkForAll(tx, { kind: 'index', library, recordIds: wrong.map(({ id }) => id), cause: 'reconcile', causeId: null, lane: 1 })
      return wrong
    })
    drifts.push(...stale.map(({ id, kind }) => ({ what: 'row' as const, library, id, kind })))
  }
  return { compared, drifts }
}
