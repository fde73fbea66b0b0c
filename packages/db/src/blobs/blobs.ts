import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Tx } from '../connect.ts'

const chunkBytes = 1024 * 1024

/** What bytes are stored and found under: their SHA-256 in hex. */
export const blobHash = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

/** Stores bytes once, under their hash, in chunks of 1 MB. The file row that holds them is written first: the policies ask for it. */
export async function putBlob(tx: Tx, sha256: string, bytes: Buffer): Promise<void> {
  const stored = await tx.execute(
    sql`insert into blobs.blob (sha256, size) values (${sha256}, ${bytes.length}) on conflict do nothing returning sha256`
  )
  if (stored.length === 0) return
  for (let ordinal = 0; ordinal * chunkBytes < bytes.length; ordinal++) {
    const chunk = bytes.subarray(ordinal * chunkBytes, (ordinal + 1) * chunkBytes).toString('base64')
    await tx.execute(sql`insert into blobs.chunk (sha256, ordinal, bytes) values (${sha256}, ${ordinal}, decode(${chunk}, 'base64'))`)
  }
}

/** The bytes behind a hash, or undefined. */
export async function findBlob(tx: Tx, sha256: string): Promise<Buffer | undefined> {
  const [blob] = await tx.execute(sql`select 1 from blobs.blob where sha256 = ${sha256}`)
  if (!blob) return undefined
  const chunks = await tx.execute<{ bytes: string }>(
    sql`select encode(bytes, 'base64') as bytes from blobs.chunk where sha256 = ${sha256} order by ordinal`
  )
  return Buffer.concat([...chunks].map((chunk) => Buffer.from(chunk.bytes, 'base64')))
}
