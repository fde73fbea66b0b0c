import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import postgres, { type Sql } from 'postgres'
import { copyFile, listBelow, readSettled, writeNew } from './copy-files.ts'
import { BackupError } from './errors.ts'
import type { BackedUpFile } from './manifest.ts'

export type ClusterCopy = { folders: string[]; files: BackedUpFile[] }
export type CopyClusterOptions = {
  /** With the rights of a superuser, on the cluster that is copied. */
  ownerUrl: string
  clusterDir: string
  /** Where the copy goes; there is nothing yet. */
  to: string
  /** Called when all files are there and the log is not yet; what it reads is part of the copy. */
  atPoint: () => Promise<void>
}

const slot = 'siku_backup'
const duplicateObject = '42710'

// What a server makes anew at its start, and what belongs to the running one alone (PostgreSQL 18, "Base Backup Using the Low Level API").
const emptyFolders = ['pg_wal', 'pg_dynshmem', 'pg_notify', 'pg_replslot', 'pg_serial', 'pg_snapshots', 'pg_stat_tmp', 'pg_subtrans']
const leftOut = (path: string): boolean => {
  const [first = '', ...rest] = path.split('/')
  const name = rest.at(-1) ?? first
  if (emptyFolders.includes(first) && rest.length > 0) return true
  return (
    path === 'postmaster.pid' ||
    path === 'postmaster.opts' ||
    name === 'pg_internal.init' ||
    name.startsWith('pgsql_tmp') ||
    path === controlFile
  )
}
const controlFile = 'global/pg_control'

/**
 * Copies a cluster that is being written to, by PostgreSQL's own protocol for that: between `pg_backup_start` and `pg_backup_stop` files may
 * be copied in any state, and the log of the same time makes them whole when the copy is first started. The server works on meanwhile.
 */
export async function copyCluster({ ownerUrl, clusterDir, to, atPoint }: CopyClusterOptions): Promise<ClusterCopy> {
  const session = postgres(ownerUrl, {
    max: 1,
    max_lifetime: null,
    idle_timeout: 0,
    onnotice: () => undefined,
    connection: { application_name: 'siku backup' }
  })
  try {
    await keepLog(session)
    await session`select pg_backup_start('siku', true)`
    const copy = await copyTree(clusterDir, to)
    await atPoint()
    return { ...copy, files: [...copy.files, ...(await stopAndCopyLog(session, clusterDir, to))] }
  } finally {
    await session.end({ timeout: 5 })
  }
}

/** Keeps the log of the backup from being recycled, until this session ends; it also tells whether another backup runs. */
async function keepLog(session: Sql): Promise<void> {
  try {
    await session`select pg_create_physical_replication_slot(${slot}, true, true)`
  } catch (error) {
    if ((error as { code?: string }).code !== duplicateObject) throw error
    throw new BackupError('SIKU_BACKUP_RUNNING', 'Another backup of this installation is under way; wait until it is done.')
  }
}

async function copyTree(clusterDir: string, to: string): Promise<ClusterCopy> {
  const { folders, files } = await listBelow(clusterDir, leftOut)
  for (const folder of folders) await mkdir(join(to, folder), { recursive: true, mode: 0o700 })
  const copied: BackedUpFile[] = []
  for (const path of files) {
    const file = await copyFile(clusterDir, to, path)
    if (file) copied.push(file)
  }
  copied.push(await writeNew(to, controlFile, await readSettled(join(clusterDir, controlFile))))
  return { folders, files: copied }
}

type Stopped = { label: string; tablespaces: string; last: string }

async function stopAndCopyLog(session: Sql, clusterDir: string, to: string): Promise<BackedUpFile[]> {
  const [stopped] = await session<Stopped[]>`
    select labelfile as label, spcmapfile as tablespaces, pg_walfile_name(lsn) as last from pg_backup_stop(wait_for_archive => false)`
  if (!stopped) throw new Error('PostgreSQL did not say where the backup ends')
  if (stopped.tablespaces.trim() !== '') {
    throw new BackupError(
      'SIKU_BACKUP_TABLESPACES',
      'The database has tablespaces of its own, outside of the data folder; back it up with pg_basebackup.'
    )
  }
  const first = /START WAL LOCATION: \S+ \(file ([0-9A-F]{24})\)/.exec(stopped.label)?.[1]
  if (!first) throw new Error('The label of the backup does not say where it begins')
  const copied = [await writeNew(to, 'backup_label', stopped.label)]
  for (const segment of await segmentsBetween(clusterDir, first, stopped.last)) {
    const file = await copyFile(clusterDir, to, `pg_wal/${segment}`)
    if (!file) throw new BackupError('SIKU_BACKUP_LOG_GONE', `The log ${segment} was taken away while it was copied; run the backup again.`)
    copied.push(file)
  }
  return copied
}

/** Names of log segments are hexadecimal and rise, so they can be compared as text. */
async function segmentsBetween(clusterDir: string, first: string, last: string): Promise<string[]> {
  const names = (await readdir(join(clusterDir, 'pg_wal'))).filter((name) => /^[0-9A-F]{24}$/.test(name)).toSorted()
  const wanted = names.filter((name) => name >= first && name <= last)
  if (wanted[0] === first && wanted.at(-1) === last) return wanted
  throw new BackupError('SIKU_BACKUP_LOG_GONE', `The log from ${first} to ${last} is not whole; run the backup again.`)
}
