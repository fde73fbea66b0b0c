import { clearedStates, type PublishedDocument } from '@siku/contracts'
import { sql } from 'drizzle-orm'
import type { Tx } from '../connect.ts'
import { contentHash } from './canonical.ts'

export type DocumentToWrite = Omit<PublishedDocument, 'hash' | 'position'>

/** What the index and its reconciliation compare: text and access, nothing that only counts. */
export function documentHash(document: DocumentToWrite): string {
  const { revision: _revision, ...content } = document
  return contentHash(content)
}

const isExposed = (document: DocumentToWrite) =>
  document.state === 'published' &&
  !document.tombstone &&
  document.visibility !== 'staff' &&
  (clearedStates.includes(document.controlState) || document.clearedCountries.length > 0)

/** Writes the public face of a record in the transaction that changes the record. The ledger row is owed by trigger. */
export async function writeDocument(tx: Tx, document: DocumentToWrite, causeId: string): Promise<void> {
  const hash = documentHash(document)
  const list = (values: readonly string[]) => sql`array(select jsonb_array_elements_text(${JSON.stringify(values)}::jsonb))`
  const text = JSON.stringify(document.text)
  await tx.execute(sql`
    insert into published.document as d (library, id, version, revision, hash, tombstone, state, visibility, open_for_interest, control_state,
      cleared_countries, owner_key, excluded_keys, excluded_countries, country, valid_until, published_at, text, exposed, cause_id)
    values (${document.library}, ${document.id}::uuid, ${document.version}, ${document.revision}, ${hash}, ${document.tombstone}, ${document.state},
      ${document.visibility}, ${document.openForInterest}, ${document.controlState}, ${list(document.clearedCountries)}, ${document.ownerKey},
      ${list(document.excludedKeys)}, ${list(document.excludedCountries)}, ${document.country}, ${document.validUntil}::timestamptz,
      ${document.publishedAt}::timestamptz, ${text}::jsonb, ${isExposed(document)}, ${causeId})
    on conflict (id) do update set version = excluded.version, revision = excluded.revision, hash = excluded.hash, tombstone = excluded.tombstone,
      state = excluded.state, visibility = excluded.visibility, open_for_interest = excluded.open_for_interest, control_state = excluded.control_state,
      cleared_countries = excluded.cleared_countries, owner_key = excluded.owner_key, excluded_keys = excluded.excluded_keys,
      excluded_countries = excluded.excluded_countries, country = excluded.country, valid_until = excluded.valid_until,
      published_at = excluded.published_at, text = excluded.text, exposed = d.exposed or excluded.exposed, cause_id = excluded.cause_id
    where d.revision < excluded.revision`)
}
