import { passwordsFrom, readSecret } from './secrets.ts'
import { databaseUrls, type DatabaseUrls } from './database-urls.ts'
import { ensureDatabase, migrateInstallation } from './migrate-installation.ts'
import { openPostgres } from '../embedded/index.ts'
import type { Opened } from '@siku/service-kit'

export type Prepared = { urls: DatabaseUrls; secret: string; migrated: number; database: 'given' | 'running' | 'started' }
export type Say = (line: string) => void

/** Brings an installation to where its processes can start: a PostgreSQL that answers, the newest schema, roles with their passwords. */
export async function prepareInstallation(opened: Opened, dataDir: string, say: Say): Promise<Prepared> {
  const secret = readSecret(dataDir)
  say('starting PostgreSQL …')
  const server = await openPostgres({ dataDir })
  opened.use('postgres', { close: () => server.stop() })
  const ownerUrl = await ensureDatabase(server.url)
  const passwordOf = passwordsFrom(secret)
  const migrated = await migrateInstallation(ownerUrl, passwordOf, (name) => say(`  migration ${name}`))
  return { urls: databaseUrls(ownerUrl, passwordOf), secret, migrated, database: server.origin }
}
