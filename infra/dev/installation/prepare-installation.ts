import { passwordsFrom, readSecret } from './secrets.ts'
import { databaseUrls, type DatabaseUrls } from './database-urls.ts'
import { ensureDatabase, migrateInstallation } from './migrate-installation.ts'
import { openPostgres } from '../embedded/index.ts'
import { connectDatabase } from '@siku/db'
import { adoptShippedFiles, systemNow, type Opened } from '@siku/service-kit'
import { loadThesaurus } from '@siku/thesaurus'

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
  await takeOverThesaurus(ownerUrl, say)
  return { urls: databaseUrls(ownerUrl, passwordOf), secret, migrated, database: server.origin }
}

/** What staff changed in the thesaurus of the version before goes on with the files of this one. */
async function takeOverThesaurus(ownerUrl: string, say: Say): Promise<void> {
  const db = connectDatabase({ url: ownerUrl, applicationName: 'siku migrate', poolSize: 1 })
  try {
    const adopted = await adoptShippedFiles(db, loadThesaurus, systemNow)
    if (!adopted) return
    say(`  thesaurus ${adopted.edition}: ${adopted.kept} changes of the staff taken over, ${adopted.owed} records to be read again`)
    for (const { change, why } of adopted.dropped) say(`  thesaurus: ${change.kind} left out, for ${why}`)
  } finally {
    await db.close()
  }
}
