import type { LibraryName } from '@siku/contracts'
import type { Tx } from '../connect.ts'
import { statement } from '../statements.ts'

export type AnnotationRow = { library: LibraryName; id: string; version: number; edition: string; hash: string; annotation: unknown }

const upsert = statement(`
  insert into published.annotation as a (library, id, version, edition, hash, annotation)
  select library, id, version, edition, hash, annotation
  from jsonb_to_recordset($1::jsonb) as r (library text, id uuid, version int, edition text, hash text, annotation jsonb)
  on conflict (id, edition) do update set version = excluded.version, hash = excluded.hash, annotation = excluded.annotation
  where a.version <= excluded.version`)
const number = statement<{ id: string }>('select number as id from published.number($1, $2::jsonb)')

/** Stores what the annotator found; one row per record and thesaurus edition, newer versions replace older ones. */
export async function writeAnnotations(tx: Tx, rows: readonly AnnotationRow[]): Promise<void> {
  if (rows.length === 0) return
  await upsert(tx, JSON.stringify(rows))
}

/**
 * Gives a place in the change feed to rows that still are what was read. Call in the transaction that stores their annotations; the
 * counter row orders the commits. Returns the ids that got one; the others have moved on and come again.
 */
export async function numberDocuments(
  tx: Tx,
  library: LibraryName,
  rows: readonly { id: string; revision: number }[]
): Promise<Set<string>> {
  if (rows.length === 0) return new Set()
  const numbered = await number(tx, library, JSON.stringify(rows))
  return new Set(numbered.map((row) => row.id))
}
