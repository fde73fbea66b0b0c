import type { LibraryName } from '@siku/contracts'
import type { EmbeddingSpace } from '@siku/matcher'
import type { Tx } from '@siku/db'
import { bytesOfVector, vectorFromBytes } from '@siku/service-kit'
import { sql } from 'drizzle-orm'

/** A row of vectors as it is written. */
export type VectorToWrite = {
  recordId: string
  library: LibraryName
  version: number
  textHash: string
  query: Float32Array
  passage: Float32Array
  nearness: number
}

export type StoredVector = {
  recordId: string
  library: LibraryName
  version: number
  query: Float32Array
  passage: Float32Array
  nearness: number
  position: number
  space: string
}

// Any number, the same in every process: positions must rise in the order of commits.
const vectorLock = 721_004_553

/** One writer of vectors, or changer of the current space, at a time in the cluster. */
export async function lockVectors(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${vectorLock})`)
}

/** Stores vectors of the current space under the lock. A newer version that is there already stays. */
export async function writeVectors(tx: Tx, space: EmbeddingSpace, { rows, at }: { rows: readonly VectorToWrite[]; at: string }) {
  if (rows.length === 0) return
  const written = rows.map(({ query, passage, ...row }) => ({
    record_id: row.recordId,
    library: row.library,
    version: row.version,
    text_hash: row.textHash,
    nearness: row.nearness,
    dimensions: query.length,
    query: bytesOfVector(query).toString('base64'),
    passage: bytesOfVector(passage).toString('base64')
  }))
  await tx.execute(sql`
    insert into matching.vector as v (record_id, library, space, version, text_hash, dimensions, query, passage, nearness, position, embedded_at)
    select record_id, library, ${space.id}, version, text_hash, dimensions, decode(query, 'base64'), decode(passage, 'base64'), nearness,
      nextval('matching.vector_position'), ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(written)}::jsonb)
      as r (record_id uuid, library text, version int, text_hash text, dimensions int, query text, passage text, nearness double precision)
    on conflict (record_id, space) do update set version = excluded.version, text_hash = excluded.text_hash,
      dimensions = excluded.dimensions, query = excluded.query, passage = excluded.passage, nearness = excluded.nearness,
      position = excluded.position, embedded_at = excluded.embedded_at
    where v.version <= excluded.version`)
}

type Row = Omit<StoredVector, 'query' | 'passage'> & { query: string; passage: string }

const columns = sql`v.record_id as "recordId", v.library, v.version, v.nearness, v.position::float8 as position, v.space, encode(v.query, 'base64') as query,
  encode(v.passage, 'base64') as passage`
const fromBase64 = (text: string): Float32Array => vectorFromBytes(Buffer.from(text, 'base64'))
const toStored = (row: Row): StoredVector => ({ ...row, query: fromBase64(row.query), passage: fromBase64(row.passage) })

/** Vectors of the current space after a position, in order. */
export async function vectorsAfter(tx: Tx, { after, limit }: { after: number; limit: number }): Promise<StoredVector[]> {
  const rows = await tx.execute<Row>(sql`
    select ${columns} from matching.vector v join matching.embedding_space s on s.id = v.space and s.is_current
    where v.position > ${after} order by v.position limit ${limit}`)
  return [...rows].map(toStored)
}

/** What is stored of these records in a space, with the hash of the text it was made of. */
export async function vectorsOf(tx: Tx, spaceId: string, ids: readonly string[]): Promise<(StoredVector & { textHash: string })[]> {
  const rows = await tx.execute<Row & { textHash: string }>(sql`
    select ${columns}, v.text_hash as "textHash" from matching.vector v
    where v.space = ${spaceId} and v.record_id in (select (jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))::uuid)`)
  return [...rows].map((row) => ({ ...toStored(row), textHash: row.textHash }))
}

/** Empties the vectors of records that are not offered any more. The rows stay, with a new position, so that whoever follows learns of it. */
export async function forgetVectors(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await tx.execute(sql`
    update matching.vector set version = 0, text_hash = '', dimensions = 0, query = '', passage = '', nearness = 0,
      position = nextval('matching.vector_position')
    where version > 0 and record_id in (select (jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))::uuid)`)
}

/** Where the vectors of the current space stand in their order, by record: of these records or of all, where they are of the version that is published. */
export async function placesOfVectors(tx: Tx, ids?: readonly string[]): Promise<Map<string, string>> {
  const isAsked =
    ids === undefined ? sql`true` : sql`v.record_id in (select (jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))::uuid)`
  const rows = await tx.execute<{ id: string; position: string }>(sql`
    select v.record_id as id, v.position::text as position
    from matching.vector v join matching.embedding_space s on s.id = v.space and s.is_current
      join published.document d on d.id = v.record_id and d.version = v.version and not d.tombstone
    where ${isAsked}`)
  return new Map([...rows].map(({ id, position }) => [id, position]))
}
