import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, lchown, mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { clusterPlace } from '../embedded/cluster-place.ts'
import { serverIdentity } from '../embedded/identity.ts'
import { postgresBinaries } from '../embedded/postgres-binaries.ts'
import { compareMigrations, nameOfMigration, shippedMigrations } from '../installation/migration-state.ts'
import { copyFile, listBelow } from './copy-files.ts'
import { BackupError } from './errors.ts'
import { readManifest, secretMarkOf, type Manifest } from './manifest.ts'

export type RestoreFilesOptions = {
  from: string
  into: string
  /** A secret that is given from outside, and then used in place of the one in the backup. */ givenSecret: string | undefined
}

/**
 * Checks a backup and lays it down as a data folder. Every file is held against its hash while it is copied; the folder gets its name
 * when it is whole, so what was refused leaves nothing behind.
 */
export async function restoreFiles({ from, into, givenSecret }: RestoreFilesOptions): Promise<Manifest> {
  const source = resolve(from)
  const target = resolve(into)
  const manifest = await readManifest(source)
  await assertEmpty(target)
  assertFits(manifest, givenSecret)
  await assertSameList(source, manifest)
  await mkdir(dirname(target), { recursive: true })
  const unfinished = `${target}.unfinished-${randomBytes(4).toString('hex')}`
  await mkdir(unfinished, { mode: 0o700 })
  try {
    for (const folder of manifest.folders) await mkdir(join(unfinished, folder), { recursive: true, mode: 0o700 })
    for (const file of manifest.files) {
      const copied = await copyFile(source, unfinished, file.path)
      if (copied?.sha256 !== file.sha256) throw damaged(`${file.path} is not what it was when the backup was taken`)
    }
    if (existsSync(target)) await rmdir(target)
    await rename(unfinished, target)
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    throw error
  }
  await giveToServer(target)
  return manifest
}

async function assertEmpty(target: string): Promise<void> {
  if (!existsSync(target) || (await readdir(target)).length === 0) return
  throw new BackupError(
    'SIKU_BACKUP_TARGET_IN_USE',
    `${target} is not empty, and a restore writes over nothing. Move it away, or name another folder with --into.`
  )
}

const namesMax = 3

/** A sentence has room for a few names. */
const listed = (names: readonly string[]): string =>
  names.length <= namesMax ? names.join(', ') : `${names.slice(0, namesMax).join(', ')} and ${names.length - namesMax} more`

function assertFits({ migrations, siku, secretMark, files }: Manifest, givenSecret: string | undefined): void {
  const { changed, unknown } = compareMigrations(migrations, shippedMigrations())
  if (unknown.length > 0) {
    throw new BackupError(
      'SIKU_BACKUP_NEWER',
      `The backup was made by a newer Siku (${siku}): its database has ${listed(unknown.map(nameOfMigration))}, which this one does not know. Restore it with that version or a newer one.`
    )
  }
  if (changed.length > 0) {
    throw new BackupError(
      'SIKU_BACKUP_NEWER',
      `The backup was made by another Siku (${siku}): ${listed(changed.map(nameOfMigration))} had another content. Restore it with the version that made it.`
    )
  }
  if (givenSecret !== undefined && secretMarkOf(givenSecret) !== secretMark) {
    throw new BackupError(
      'SIKU_BACKUP_OTHER_SECRET',
      'SIKU_SECRET is not the one of the backup: sealed keys and the marks of owners would not fit. Give the right one, or none if the backup holds its own.'
    )
  }
  if (givenSecret === undefined && !files.some(({ path }) => path === 'secret')) {
    throw new BackupError(
      'SIKU_BACKUP_OTHER_SECRET',
      'The backup holds no secret, because its installation got it from SIKU_SECRET; set SIKU_SECRET to that one.'
    )
  }
}

/** A file too many counts as damage as well: PostgreSQL would read it. */
async function assertSameList(source: string, { files }: Manifest): Promise<void> {
  const listed = new Set(files.map(({ path }) => path))
  const found = (await listBelow(source)).files.filter((path) => path !== 'manifest.json')
  const extra = found.find((path) => !listed.has(path))
  if (extra !== undefined) throw damaged(`${extra} is in it and not in its list`)
  const there = new Set(found)
  const missing = files.find(({ path }) => !there.has(path))
  if (missing) throw damaged(`${missing.path} is missing`)
}

const damaged = (what: string): BackupError =>
  new BackupError('SIKU_BACKUP_DAMAGED', `The backup is damaged: ${what}. Nothing was restored; use another backup.`)

/** Where the server runs as a user of its own, the cluster has to lie where that user can reach it, and belong to it. */
async function giveToServer(target: string): Promise<void> {
  const identity = serverIdentity()
  if (identity.kind !== 'user') return
  const { clusterDir } = await clusterPlace(target, identity, await postgresBinaries(), false)
  await rename(join(target, 'postgres'), clusterDir).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EXDEV') throw error
    const { folders, files } = await listBelow(join(target, 'postgres'))
    await mkdir(clusterDir, { mode: 0o700 })
    for (const folder of folders) await mkdir(join(clusterDir, folder), { recursive: true, mode: 0o700 })
    for (const path of files) await copyFile(join(target, 'postgres'), clusterDir, path)
    await rm(join(target, 'postgres'), { recursive: true })
  })
  const { folders, files } = await listBelow(clusterDir)
  for (const path of ['', ...folders, ...files]) await lchown(join(clusterDir, path), identity.uid, identity.gid)
  await chmod(clusterDir, 0o700)
}
