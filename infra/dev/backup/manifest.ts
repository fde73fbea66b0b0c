import { createHmac } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { MigrationMark } from '../installation/migration-state.ts'
import { BackupError } from './errors.ts'

export type BackedUpFile = { path: string; size: number; sha256: string }

/** Rows of a library: every record it ever had, and those that are published now. */
export type LibraryCount = { library: string; records: number; published: number }

export type Manifest = {
  format: 1
  siku: string
  postgresql: string
  /** When copying began; what was written from then on comes from the log. */
  startedAt: string
  /** Everything that was acknowledged before this instant is in the copy. */
  takenAt: string
  migrations: MigrationMark[]
  counts: LibraryCount[]
  /** Tells whether a secret is the one of this installation, and nothing else about it. */
  secretMark: string
  folders: string[]
  files: BackedUpFile[]
}

const manifestFile = 'manifest.json'

export const secretMarkOf = (secret: string): string => createHmac('sha256', secret).update('siku/backup').digest('base64url').slice(0, 16)

export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  await writeFile(join(folder, manifestFile), `${JSON.stringify(manifest, null, 1)}\n`, { mode: 0o600, flush: true })
}

export async function readManifest(folder: string): Promise<Manifest> {
  const file = join(folder, manifestFile)
  if (!existsSync(file))
    throw new BackupError(
      'SIKU_BACKUP_NOT_ONE',
      `${folder} holds no backup: there is no ${manifestFile} in it. Name the folder that \`siku backup --to\` was given.`
    )
  const manifest = parse(await readFile(file, 'utf8'), file)
  if (manifest.format !== 1)
    throw new BackupError(
      'SIKU_BACKUP_NEWER',
      `The backup in ${folder} was made by a newer Siku (${manifest.siku}); restore it with that version.`
    )
  return manifest
}

function parse(text: string, file: string): Manifest {
  try {
    return JSON.parse(text) as Manifest
  } catch {
    throw new BackupError('SIKU_BACKUP_DAMAGED', `${file} cannot be read: it is cut off or was changed. Use another backup.`)
  }
}
