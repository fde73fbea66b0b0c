import { statement, type Tx } from '@siku/db'
import type { StoreInput } from '../match/store-matches.ts'
import type { FoundDuplicate } from './find-duplicates.ts'

export type DuplicatesOf = Pick<StoreInput, 'library' | 'recordId' | 'now' | 'newId'> & {
  version: number
  found: readonly FoundDuplicate[]
}

type Row = ReturnType<typeof toRow>

const forget = statement(`
  delete from matching.duplicate where (a_id in (${idsIn('$1')}) or b_id in (${idsIn('$1')})) and state = 'open'
    and not exists (select from jsonb_to_recordset($2::jsonb) as r (a_id uuid, b_id uuid)
      where r.a_id = duplicate.a_id and r.b_id = duplicate.b_id)`)

const keep = statement(`
  insert into matching.duplicate as d (id, library, a_id, b_id, a_version, b_version, likeness_millionths, same_owner, found_at)
  select id, library, a_id, b_id, a_version, b_version, likeness_millionths, same_owner, found_at
  from jsonb_to_recordset($1::jsonb) as r (id uuid, library text, a_id uuid, b_id uuid, a_version int, b_version int,
    likeness_millionths int, same_owner boolean, found_at timestamptz)
  on conflict (a_id, b_id) do update set a_version = excluded.a_version, b_version = excluded.b_version,
    likeness_millionths = excluded.likeness_millionths, same_owner = excluded.same_owner, revision = d.revision + 1
  where (d.a_version, d.b_version, d.likeness_millionths, d.same_owner)
    is distinct from (excluded.a_version, excluded.b_version, excluded.likeness_millionths, excluded.same_owner)`)

function idsIn(place: string): string {
  return `select (jsonb_array_elements_text(${place}::jsonb))::uuid`
}

/**
 * Brings the stored look-alikes of records to what their runs found; of two that met each other the later run has the last word. What
 * people decided stays as long as both are there; what is open goes when it no longer looks alike.
 */
export async function storeDuplicates(tx: Tx, all: readonly DuplicatesOf[]): Promise<void> {
  const pairs = new Map<string, Row>()
  for (const of of all) {
    for (const [key, { a_id, b_id }] of pairs) if (a_id === of.recordId || b_id === of.recordId) pairs.delete(key)
    for (const row of of.found.map((other) => toRow(of, other))) pairs.set(`${row.a_id} ${row.b_id}`, row)
  }
  const rows = JSON.stringify([...pairs.values()])
  const recordIds = JSON.stringify(all.map(({ recordId }) => recordId))
  await Promise.all([forget(tx, recordIds, rows), pairs.size > 0 && keep(tx, rows)])
}

function toRow({ library, recordId, version, now, newId }: DuplicatesOf, other: FoundDuplicate) {
  const isFirst = recordId < other.id
  return {
    id: newId(),
    library,
    a_id: isFirst ? recordId : other.id,
    b_id: isFirst ? other.id : recordId,
    a_version: isFirst ? version : other.version,
    b_version: isFirst ? other.version : version,
    likeness_millionths: other.likenessMillionths,
    same_owner: other.sameOwner,
    found_at: now.toISOString()
  }
}
