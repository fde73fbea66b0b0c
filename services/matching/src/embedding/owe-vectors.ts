import type { Tx, WorkItem } from '@siku/db'
import { sql } from 'drizzle-orm'

/**
 * After a record was indexed: its vector is owed, where there is an embedder and none of this version; or the end of it, where the record
 * is not offered any more. The match does not wait for either.
 */
export async function oweVector(tx: Tx, { recordId, cause, causeId }: Pick<WorkItem, 'recordId' | 'cause' | 'causeId'>): Promise<void> {
  if (cause !== 'record.indexed') return
  await tx.execute(sql`
    select work.owe('embed', d.library, d.id, ${cause}, ${causeId}::text, 0::smallint)
    from published.document d join matching.embedding_space s on s.is_current
    where d.id = ${recordId}::uuid and case when ${isMatchable} then not ${isEmbedded}
      else exists (select from matching.vector v where v.record_id = d.id and v.version > 0) end`)
}

/** Owes what has no vector in the current space and is not owed one already: after a change of model, and now and then. Returns how many. */
export async function oweMissingVectors(tx: Tx, cause: string): Promise<number> {
  const rows = await tx.execute(sql`
    select work.owe('embed', d.library, d.id, ${cause}, null, 1::smallint)
    from published.document d join matching.embedding_space s on s.is_current
    where d.library in ('cooperation-demand', 'technology-reserve') and ${isMatchable} and not ${isEmbedded}
      and not exists (select from work.item i where i.kind = 'embed' and i.record_id = d.id and i.done < i.wanted)`)
  return rows.length
}

/** Vectors of former models, once nothing is missing in the current one. */
export async function forgetFormerVectors(tx: Tx): Promise<number> {
  const rows = await tx.execute(sql`
    delete from matching.vector v using matching.embedding_space s
    where s.is_current and v.space <> s.id and not exists (select from work.item i where i.kind = 'embed' and i.done < i.wanted)
    returning v.record_id`)
  return rows.length
}

const isMatchable = sql.raw(`(not d.tombstone and d.state = 'published' and d.open_for_interest and d.position is not null
  and d.control_state not in ('prohibited', 'secret') and coalesce(d.text ->> 'seeks', '') not in ('park', 'investment'))`)

const isEmbedded = sql.raw(`exists (select from matching.vector v where v.record_id = d.id and v.space = s.id and v.version = d.version)`)
