import { channelOf, libraryNames, workKinds } from '@siku/contracts'
import pg from 'pg'
import { loadBull } from './bull.ts'
import { queueSchema } from './postgres-backend.ts'

/**
 * Brings BullMQ's own schema up to date, under its advisory lock, as the owner; then lets the roles use it. Safe to run again and by many
 * at once.
 */
export async function migrateQueue(ownerUrl: string, { grantTo = [] }: { grantTo?: readonly string[] } = {}): Promise<void> {
  const { runMigrations } = await loadBull()
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'siku-migrate-queue' })
  await client.connect()
  try {
    await runMigrations(client, queueSchema)
    await numberChannels(client)
    for (const role of grantTo) await grantUse(client, role)
  } finally {
    await client.end()
  }
}

/** BullMQ creates a sequence with the first job of a channel; a service role may not, and could not share it with the others. */
async function numberChannels(client: pg.Client): Promise<void> {
  const channels = new Set(workKinds.flatMap((kind) => libraryNames.map((library) => channelOf(kind, library))))
  const { rows } = await client.query<{ name: string }>(
    `select ${queueSchema}.job_id_seq_name(channel) as name from unnest($1::text[]) channel order by 1`,
    [[...channels]]
  )
  const create = rows.map(({ name }) => `create sequence if not exists ${queueSchema}.${client.escapeIdentifier(name)};`)
  // One implicit transaction; the lock lets one of many migrating at once create them.
  await client.query(`select pg_advisory_xact_lock(hashtext('siku.queue.channels')); ${create.join(' ')}`)
}

async function grantUse(client: pg.Client, role: string): Promise<void> {
  const name = client.escapeIdentifier(role)
  const { database = '' } = client
  // Its functions keep their intermediate results in temporary tables.
  await client.query(`
    grant temporary on database ${client.escapeIdentifier(database)} to ${name};
    grant usage on schema ${queueSchema} to ${name};
    grant select, insert, update, delete on all tables in schema ${queueSchema} to ${name};
    grant usage, select on all sequences in schema ${queueSchema} to ${name};
    grant execute on all functions in schema ${queueSchema} to ${name}`)
}
