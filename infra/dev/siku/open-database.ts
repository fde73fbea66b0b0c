import type { Actor, ServiceName } from '@siku/contracts'
import { connectDatabase, type Database } from '@siku/db'
import { newId, type Opened } from '@siku/service-kit'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import postgres, { type Sql } from 'postgres'
import { openPostgres } from '../embedded/index.ts'
import { dataDir } from '../installation/data-dir.ts'
import { databaseUrls, type DatabaseUrls } from '../installation/database-urls.ts'
import { databaseName } from '../installation/migrate-installation.ts'
import { readMigrationState } from '../installation/migration-state.ts'
import { passwordsFrom, readSecret } from '../installation/secrets.ts'
import { CommandError, type Call } from './command.ts'

/** The installation a command works on: the one DATABASE_URL names, else the one of the data folder, running or not. */
export type Here = {
  dataDir: string
  secret: string
  urls: DatabaseUrls
  /** `started` means that nothing else runs on it, so nobody else does its work. */
  origin: 'given' | 'running' | 'started'
  /** Folder of the cluster; undefined for a server of somebody else's. */
  clusterDir: string | undefined
  /** One connection with the rights of the owner. */
  owner: Sql
  /** Connections of a service's own role. */
  connect: (service: ServiceName) => Database
}

const connections = { poolSize: 2, statementTimeoutMs: 120_000 }

/** Who acts at the command line: somebody with access to the machine, who runs the system and may look at what was done. */
export const commandLine = (): Actor => ({
  kind: 'user',
  id: 'command-line',
  organisationId: null,
  organisationKey: null,
  organisation: null,
  verified: true,
  roles: ['operator', 'auditor'],
  scopes: ['*'],
  foreign: false,
  country: 'CN',
  requestId: `command-line-${newId()}`
})

export const isThere = (folder: string): boolean => existsSync(join(clusterHome(folder), 'postgres', 'PG_VERSION'))

function clusterHome(folder: string): string {
  const marker = join(folder, 'postgres.home')
  return existsSync(marker) ? readFileSync(marker, 'utf8').trim() : folder
}

/** Opens an installation that is there and up to date, or says what is missing. */
export async function openDatabase(call: Pick<Call, 'opened'>): Promise<Here> {
  const here = await openAsItIs(call)
  const { pending, changed, unknown } = await readMigrationState(here.owner)
  if (changed.length > 0 || unknown.length > 0)
    throw new CommandError(
      'SIKU_COMMAND_OTHER_SCHEMA',
      'The database was made by another version of Siku; `npm run siku -- doctor` shows the difference. Use that version, or one that is newer than both.'
    )
  if (pending.length > 0)
    throw new CommandError(
      'SIKU_COMMAND_NOT_MIGRATED',
      `${pending.length} migrations are missing in the database; run \`npm run siku -- migrate\` first.`
    )
  return here
}

/** The same, whatever state its schema is in. */
export async function openAsItIs({ opened }: Pick<Call, 'opened'>): Promise<Here> {
  const folder = dataDir()
  if (!process.env.DATABASE_URL && !isThere(folder)) {
    throw new CommandError(
      'SIKU_COMMAND_NOTHING_HERE',
      `There is no installation in ${folder} yet; \`npm start\` or \`npm run siku -- migrate\` makes one, SIKU_DATA_DIR or DATABASE_URL names another.`
    )
  }
  const server = await openPostgres({ dataDir: folder })
  opened.use('postgres', { close: () => server.stop() })
  const secret = readSecret(folder)
  const ownerUrl = ownDatabase(server.url)
  const urls = databaseUrls(ownerUrl, passwordsFrom(secret))
  const owner = await openOwner(opened, ownerUrl)
  const connected = new Map<ServiceName, Database>()
  const connect = (service: ServiceName) => {
    const db =
      connected.get(service) ??
      opened.use(
        `${service} database`,
        connectDatabase({ url: urls.service(service), applicationName: `siku command ${service}`, ...connections })
      )
    connected.set(service, db)
    return db
  }
  return {
    dataDir: folder,
    secret,
    urls,
    origin: server.origin,
    clusterDir: 'clusterDir' in server ? server.clusterDir : undefined,
    owner,
    connect
  }
}

function ownDatabase(serverUrl: string): string {
  const url = new URL(serverUrl)
  if (url.pathname === '/postgres') url.pathname = `/${databaseName}`
  return url.href
}

async function openOwner(opened: Opened, url: string): Promise<Sql> {
  const owner = postgres(url, { max: 1, onnotice: () => undefined, max_lifetime: null, idle_timeout: 0, connect_timeout: 10 })
  opened.use('owner connection', { close: () => owner.end({ timeout: 5 }) })
  try {
    await owner`select 1`
  } catch (error) {
    if ((error as { code?: string }).code !== '3D000') throw error
    throw new CommandError('SIKU_COMMAND_NOT_MIGRATED', 'The server has no database of Siku yet; run `npm run siku -- migrate` first.')
  }
  return owner
}
