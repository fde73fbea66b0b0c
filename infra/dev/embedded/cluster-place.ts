import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, chown, cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import type { Identity } from './identity.ts'
import { binariesBelow } from './postgres-binaries.ts'
import type { PostgresBinaries } from './postgres-binaries.ts'

/** `home` holds the cluster; everything in it belongs to the identity the server runs as. */
export type ClusterPlace = { home: string; clusterDir: string; binaries: PostgresBinaries }

const marker = 'postgres.home'

/** Where the cluster of a data folder lives: inside it, unless the server runs as a user who cannot reach it. */
export async function clusterPlace(dataDir: string, identity: Identity, binaries: PostgresBinaries, test: boolean): Promise<ClusterPlace> {
  if (identity.kind !== 'user') return { home: dataDir, clusterDir: join(dataDir, 'postgres'), binaries }
  const home = (await recordedHome(dataDir)) ?? (await createHome(dataDir, identity, test))
  const copy = join(home, 'programs')
  if (!existsSync(copy)) await copyPrograms(binaries.root, copy)
  return { home, clusterDir: join(home, 'postgres'), binaries: binariesBelow(copy) }
}

/** Removes a data folder with whatever of it had to be kept elsewhere. */
export async function removeDataFolder(dataDir: string): Promise<void> {
  const home = await recordedHome(dataDir)
  if (home) await rm(home, { recursive: true, force: true })
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
}

async function recordedHome(dataDir: string): Promise<string | undefined> {
  const file = join(dataDir, marker)
  const home = existsSync(file) ? (await readFile(file, 'utf8')).trim() : undefined
  return home && existsSync(home) ? home : undefined
}

async function createHome(dataDir: string, identity: Identity & { kind: 'user' }, test: boolean): Promise<string> {
  const lasting = process.platform === 'linux' && !test ? '/var/lib' : tmpdir()
  const name = `siku-${createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 12)}-${basename(dataDir).replaceAll('.', '')}`
  const home = join(lasting, name)
  // A folder someone else put there first must not receive the data, so an existing one is an error.
  await mkdir(home, { mode: 0o700 })
  await chown(home, identity.uid, identity.gid)
  await writeFile(join(dataDir, marker), `${home}\n`)
  return home
}

async function copyPrograms(from: string, to: string): Promise<void> {
  const unfinished = `${to}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  await cp(from, unfinished, { recursive: true, verbatimSymlinks: true })
  await chmod(unfinished, 0o755)
  await rename(unfinished, to)
}
