import { createSpace, type ReferencedSpace, type ReferenceVectors, type Weights } from '@siku/matcher'
import { oweWorkForAll, type Tx } from '@siku/db'
import { bytesOfVector, vectorFromBytes, type EmbedderModel } from '@siku/service-kit'
import { sql } from 'drizzle-orm'
import { lockVectors } from './vector-store.ts'

type Row = { id: string; dimensions: number; demand: string; technology: string }

const columns = sql`id, dimensions, encode(demand_reference, 'base64') as demand, encode(technology_reference, 'base64') as technology`

/** The space whose vectors are compared now; none where there is no embedder, or never was. */
export async function currentSpace(tx: Tx, weights: Weights): Promise<ReferencedSpace | undefined> {
  const [row] = await tx.execute<Row>(sql`select ${columns} from matching.embedding_space where is_current`)
  return row && toSpace(row, weights)
}

export async function currentSpaceId(tx: Tx): Promise<string | undefined> {
  const [row] = await tx.execute<{ id: string }>(sql`select id from matching.embedding_space where is_current`)
  return row?.id
}

export async function findSpace(tx: Tx, id: string, weights: Weights): Promise<ReferencedSpace | undefined> {
  const [row] = await tx.execute<Row>(sql`select ${columns} from matching.embedding_space where id = ${id}`)
  return row && toSpace(row, weights)
}

function toSpace({ id, dimensions, demand, technology }: Row, weights: Weights): ReferencedSpace {
  // Reference vectors stand for both directions, so they are twice as long.
  const rowsOf = (text: string) => split(vectorFromBytes(Buffer.from(text, 'base64')), dimensions * 2)
  return createSpace(id, { demand: rowsOf(demand), technology: rowsOf(technology) }, weights)
}

const split = (values: Float32Array, length: number): Float32Array[] =>
  Array.from({ length: values.length / length }, (_, row) => values.subarray(row * length, (row + 1) * length))

export type SpaceToWrite = { id: string; model: EmbedderModel; reference: ReferenceVectors; at: string }

export async function writeSpace(tx: Tx, { id, model, reference, at }: SpaceToWrite): Promise<void> {
  const bytes = (vectors: readonly Float32Array[]) => Buffer.concat(vectors.map(bytesOfVector)).toString('base64')
  await tx.execute(sql`
    insert into matching.embedding_space (id, model, dimensions, demand_reference, technology_reference, since)
    values (${id}, ${model.name}, ${model.dimensions}, decode(${bytes(reference.demand)}, 'base64'),
      decode(${bytes(reference.technology)}, 'base64'), ${at}::timestamptz)
    on conflict (id) do nothing`)
}

/**
 * Makes a space the one whose vectors are compared, or none. Every pair with a vector of the one before or the one after is owed a new
 * score. True if that was a change.
 */
export async function makeCurrent(tx: Tx, id: string | null, { at }: { at: string }): Promise<boolean> {
  await lockVectors(tx)
  const before = (await currentSpaceId(tx)) ?? null
  if (before === id) return false
  await tx.execute(sql`update matching.embedding_space set is_current = false where is_current`)
  if (id !== null) await tx.execute(sql`update matching.embedding_space set is_current = true, since = ${at}::timestamptz where id = ${id}`)
  await oweScores(tx, [before, id])
  return true
}

async function oweScores(tx: Tx, spaces: readonly (string | null)[]): Promise<void> {
  const rows = await tx.execute<{ id: string; library: string }>(sql`
    select distinct d.id, d.library from matching.vector v join published.document d on d.id = v.record_id and not d.tombstone
    where v.space in (select jsonb_array_elements_text(${JSON.stringify(spaces.filter((space) => space !== null))}::jsonb))`)
  for (const library of ['cooperation-demand', 'technology-reserve'] as const) {
    const recordIds = [...rows].filter((row) => row.library === library).map(({ id }) => id)
    await oweWorkForAll(tx, { kind: 'match', library, recordIds, cause: 'embedder.changed', causeId: null, lane: 1 })
  }
}
