import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { findServer, hasOwner } from './server-lock.ts'
import { startPostgres } from './start-postgres.ts'
import type { PostgresOptions } from './start-postgres.ts'

export type OpenPostgres = { url: string; origin: 'given' | 'running' | 'started'; clusterDir?: string; stop: () => Promise<void> }

/** The database to work with: the one DATABASE_URL names, else the one already running on the data folder, else one started now. */
export async function openPostgres(options: PostgresOptions): Promise<OpenPostgres> {
  const given = process.env['DATABASE_URL']
  if (given) return { url: given, origin: 'given', stop: async () => {} }
  return (await running(resolve(options.dataDir))) ?? { ...(await startPostgres(options)), origin: 'started' }
}

async function running(dataDir: string): Promise<OpenPostgres | undefined> {
  const home = join(dataDir, 'postgres.home')
  const clusterDir = join(existsSync(home) ? (await readFile(home, 'utf8')).trim() : dataDir, 'postgres')
  const server = await findServer(clusterDir)
  if (!server?.ready || !(await hasOwner(dataDir, server))) return undefined
  const password = (await readFile(join(dataDir, 'postgres.password'), 'utf8')).trim()
  return { url: `postgres://postgres:${password}@127.0.0.1:${server.port}/postgres`, origin: 'running', clusterDir, stop: async () => {} }
}
