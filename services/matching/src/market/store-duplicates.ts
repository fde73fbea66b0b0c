import type { Tx } from '@siku/db'
import { sql } from 'drizzle-orm'
import type { StoreInput } from '../match/store-matches.ts'
import type { FoundDuplicate } from './find-duplicates.ts'

export type DuplicatesOf = Pick<StoreInput, 'library' | 'recordId' | 'now' | 'newId'> & {
  version: number
  found: readonly FoundDuplicate[]
}

/**
 * Brings the stored look-alikes of a record to what its run found. What people decided stays as long as both are there; what is open goes
 * when it no longer looks alike.
 */
export async function storeDuplicates(tx: Tx, { library, recordId, version, found, now, newId }: DuplicatesOf): Promise<void> {
  const rows = found.map(({ id, version: other, likenessMillionths, sameOwner }) => {
    const isFirst = recordId < id
    return {
      id: newId(),
      a_id: isFirst ? recordId : id,
      b_id: isFirst ? id : recordId,
      a_version: isFirst ? version : other,
      b_version: isFirst ? other : version,
      likeness_millionths: likenessMillionths,
      same_owner: sameOwner
    }
  })
  await tx.execute(sql`
    delete from matching.duplicate where (a_id = ${recordId}::uuid or b_id = ${recordId}::uuid) and state = 'open'
      and not exists (select from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (a_id uuid, b_id uuid)
        where r.a_id = duplicate.a_id and r.b_id = duplicate.b_id)`)
  if (rows.length === 0) return
  await tx.execute(sql`
    insert into matching.duplicate as d (id, library, a_id, b_id, a_version, b_version, likeness_millionths, same_owner, found_at)
    select id, ${library}, a_id, b_id, a_version, b_version, likeness_millionths, same_owner, ${now.toISOString()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r (id uuid, a_id uuid, b_id uuid, a_version int, b_version int, likeness_millionths int, same_owner boolean)
    on conflict (a_id, b_id) do update set a_version = excluded.a_version, b_version = excluded.b_version,
      likeness_millionths = excluded.likeness_millionths, same_owner = excluded.same_owner, revision = d.revision + 1
    where (d.a_version, d.b_version, d.likeness_millionths, d.same_owner)
      is distinct from (excluded.a_version, excluded.b_version, excluded.likeness_millionths, excluded.same_owner)`)
}
