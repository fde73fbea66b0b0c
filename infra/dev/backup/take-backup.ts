import { schemaOf, libraryNames } from '@siku/contracts'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { Sql } from 'postgres'
import { readMigrationState } from '../installation/migration-state.ts'
import { copyCluster } from './copy-cluster.ts'
import { copyFile } from './copy-files.ts'
import { BackupError } from './errors.ts'
import { secretMarkOf, writeManifest, type LibraryCount, type Manifest } from './manifest.ts'

export type TakeBackupOptions = {
  dataDir: string
  clusterDir: string
  secret: string
  owner: Sql
  ownerUrl: string
  siku: string
  to: string
}

/** Of the data folder besides the cluster: what a restored installation cannot do without. */
const keptFiles = ['secret', 'postgres.password']

/**
 * Copies an embedded installation while it works. The copy has another name until it is whole, so a folder of the name asked for is a
 * backup or is not there. It holds everything that was acknowledged before `takenAt` of its manifest.
 */
export async function takeBackup(options: TakeBackupOptions): Promise<Manifest> {
  const to = resolve(options.to)
  await assertFree(to)
  await mkdir(dirname(to), { recursive: true })
  const unfinished = `${to}.unfinished-${randomBytes(4).toString('hex')}`
  await mkdir(unfinished, { mode: 0o700 })
  try {
    const manifest = await copyInto(unfinished, options)
    await writeManifest(unfinished, manifest)
    if (existsSync(to)) await rmdir(to)
    await rename(unfinished, to)
    return manifest
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    throw error
  }
}

async function assertFree(to: string): Promise<void> {
  if (!existsSync(to)) return
  const entries = await readdir(to).catch(() => ['a file'])
  if (entries.length > 0)
    throw new BackupError('SIKU_BACKUP_TARGET_IN_USE', `${to} is there already and not empty; name a folder that is not there yet.`)
}

async function copyInto(folder: string, { dataDir, clusterDir, secret, owner, ownerUrl, siku }: TakeBackupOptions): Promise<Manifest> {
  const { applied } = await readMigrationState(owner)
  const [server] = await owner<{ version: string }[]>`select current_setting('server_version') as version`
  let counts: LibraryCount[] = []
  let takenAt = ''
  const atPoint = async () => {
    counts = await countRecords(owner)
    takenAt = new Date().toISOString()
  }
  const startedAt = new Date().toISOString()
  const cluster = await copyCluster({ ownerUrl, clusterDir, to: join(folder, 'postgres'), atPoint })
  const kept = await Promise.all(keptFiles.map((path) => copyFile(dataDir, folder, path)))
  return {
    format: 1,
    siku,
    postgresql: server?.version ?? '',
    startedAt,
    takenAt,
    migrations: applied,
    counts,
    secretMark: secretMarkOf(secret),
    folders: ['postgres', ...cluster.folders.map((path) => `postgres/${path}`)],
    files: [...kept.flatMap((file) => file ?? []), ...cluster.files.map((file) => ({ ...file, path: `postgres/${file.path}` }))]
  }
}

/** Records are never deleted, so a restored copy has at least these. */
export async function countRecords(owner: Sql): Promise<LibraryCount[]> {
  const counts: LibraryCount[] = []
  for (const library of libraryNames) {
    const [row] = await owner<{ records: number; published: number }[]>`
      select (select count(*)::int from ${owner(schemaOf(library))}.record) as records,
        (select count(*)::int from published.document where library = ${library} and not tombstone) as published`
    counts.push({ library, records: row?.records ?? 0, published: row?.published ?? 0 })
  }
  return counts
}
