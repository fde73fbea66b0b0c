import postgres from 'postgres'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** Streams what `COPY … TO STDOUT` sends, over a connection of its own: the driver can leave one paused after the last row. */
export async function copyOut(ownerUrl: string, statement: string, into: Writable): Promise<void> {
  const client = postgres(ownerUrl, { max: 1, onnotice: () => undefined, fetch_types: false })
  try {
    await pipeline(await client.unsafe(statement).readable(), into)
  } finally {
    await client.end({ timeout: 0 })
  }
}
