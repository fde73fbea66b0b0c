import { clearedStates, type PublishedDocument } from '@siku/contracts'
import type { Tx } from '../connect.ts'
import { statement } from '../statements.ts'
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

const columns = `library, id, version, revision, hash, tombstone, state, visibility, open_for_interest, control_state, cleared_countries,
  owner_key, excluded_keys, excluded_countries, country, valid_until, published_at, text, exposed, cause_id`
const list = (place: string) => `array(select jsonb_array_elements_text(${place}::jsonb))`

const upsert = statement(`
  insert into published.document as d (${columns})
  values ($1, $2::uuid, $3, $4, $5, $6, $7, $8, $9, $10, ${list('$11')}, $12, ${list('$13')}, ${list('$14')}, $15, $16::timestamptz,
    $17::timestamptz, $18::jsonb, $19, $20)
  on conflict (id) do update set version = excluded.version, revision = excluded.revision, hash = excluded.hash, tombstone = excluded.tombstone,
    state = excluded.state, visibility = excluded.visibility, open_for_interest = excluded.open_for_interest, control_state = excluded.control_state,
    cleared_countries = excluded.cleared_countries, owner_key = excluded.owner_key, excluded_keys = excluded.excluded_keys,
    excluded_countries = excluded.excluded_countries, country = excluded.country, valid_until = excluded.valid_until,
    published_at = excluded.published_at, text = excluded.text, exposed = d.exposed or excluded.exposed, cause_id = excluded.cause_id
  where d.revision < excluded.revision`)

/** Writes the public face of a record in the transaction that changes the record. The ledger row is owed by trigger. */
export async function writeDocument(tx: Tx, document: DocumentToWrite, causeId: string): Promise<void> {
  await upsert(
    tx,
    document.library,
    document.id,
    document.version,
    document.revision,
    documentHash(document),
    document.tombstone,
    document.state,
    document.visibility,
    document.openForInterest,
    document.controlState,
    JSON.stringify(document.clearedCountries),
    document.ownerKey,
    JSON.stringify(document.excludedKeys),
    JSON.stringify(document.excludedCountries),
    document.country,
    document.validUntil,
    document.publishedAt,
    JSON.stringify(document.text),
    isExposed(document),
    causeId
  )
}
