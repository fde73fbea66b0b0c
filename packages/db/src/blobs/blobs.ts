import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Tx } from '../connect.ts'

const chunkBytes = 1024 * 1024

/** Stores bytes once, under their SHA-256, in chunks of 1 MB. Returns the hash in hex. */
export async function putBlob(tx: Tx, bytes: Buffer): Promise<string> {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const stored = await tx.execute(
    sql`insert into blobs.blob (sha256, size) values (${sha256}, ${bytes.length}) on conflict do nothing returning sha256`
  )
  if (stored.length === 0) return sha256
  for (let ordinal = 0; ordinal * chunkBytes < bytes.length; ordinal++) {
    const chunk = bytes.subarray(ordinal * chunkBytes, (ordinal + 1) * chunkBytes).toString('base64')
    await tx.execute(sql`insert into blobs.chunk (sha256, ordinal, bytes) values (${sha256}, ${ordinal}, decode(${chunk}, 'base64'))`)
  }
  return sha256
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
