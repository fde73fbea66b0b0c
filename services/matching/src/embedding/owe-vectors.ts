import { statement, type Tx, type WorkItem } from '@siku/db'
import { sql } from 'drizzle-orm'

/**
 * After records were indexed: their vectors are owed, where there is an embedder and none of this version; or the end of one, where its
 * record is not offered any more. The match does not wait for either.
 */
export async function oweVectors(tx: Tx, items: readonly Pick<WorkItem, 'recordId' | 'cause' | 'causeId'>[]): Promise<void> {
  const indexed = items.filter(({ cause }) => cause === 'record.indexed')
  const recordIds = indexed.map(({ recordId }) => recordId)
  if (indexed.length > 0) await oweIndexed(tx, indexed[0]?.causeId ?? null, JSON.stringify(recordIds))
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

const matchable = `(not d.tombstone and d.state = 'published' and d.open_for_interest and d.position is not null
  and d.control_state not in ('prohibited', 'secret') and coalesce(d.text ->> 'seeks', '') not in ('park', 'investment'))`

const embedded = `exists (select from matching.vector v where v.record_id = d.id and v.space = s.id and v.version = d.version)`

const isMatchable = sql.raw(matchable)
const isEmbedded = sql.raw(embedded)

const oweIndexed = statement(`
  select work.owe('embed', d.library, d.id, 'record.indexed', $1::text, 0::smallint)
  from published.document d join matching.embedding_space s on s.is_current
  where d.id in (select (jsonb_array_elements_text($2::jsonb))::uuid) and case when ${matchable} then not ${embedded}
    else exists (select from matching.vector v where v.record_id = d.id and v.version > 0) end
  order by d.id`)
