import { migrateDatabase } from '@siku/db'
import { migrateQueue } from '@siku/queue'
import postgres from 'postgres'
import { allMigrations, queueRole, serviceRoles } from './migrations.ts'

export const databaseName = 'siku'

/** The owner's address of the installation's own database on a server, made if it is not there yet. */
export async function ensureDatabase(serverUrl: string): Promise<string> {
  const url = new URL(serverUrl)
  if (url.pathname !== '/postgres') return serverUrl
  const client = postgres(serverUrl, { max: 1, onnotice: () => undefined })
  try {
    const [found] = await client`select 1 from pg_database where datname = ${databaseName}`
    if (!found) await client.unsafe(`create database ${databaseName} template template0`)
  } finally {
    await client.end()
  }
  url.pathname = `/${databaseName}`
  return url.href
}

/** Brings schema, roles and queue of an installation up to date; says what was applied. */
export async function migrateInstallation(
  ownerUrl: string,
  passwordOf: (role: string) => string,
  onApplied?: (name: string) => void
): Promise<number> {
  const applied = await migrateDatabase({
    url: ownerUrl,
    sets: allMigrations,
    roles: serviceRoles(passwordOf),
    ...(onApplied ? { onApplied } : {})
  })
  await migrateQueue(ownerUrl, { grantTo: [queueRole] })
  return applied
}
