import { existsSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { EmbeddedError } from './errors.ts'
import { becomesTrue, birthOf, commandOf, endProcess, isAlive } from './processes.ts'

export type ServerInFolder = { pid: number; port: number; ready: boolean }

type Owner = { pid: number; birth: string | undefined; server: number }

const ownerFile = 'postgres.owner.json'

/** The server that now runs on a cluster, as its own lock file tells it. */
export async function findServer(clusterDir: string): Promise<ServerInFolder | undefined> {
  const file = join(clusterDir, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n')
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return undefined
  const command = await commandOf(pid)
  if (command !== undefined && !(command.includes('postgres') && command.includes(clusterDir))) return undefined
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' }
}

export async function recordOwner(dataDir: string, server: number): Promise<void> {
  const owner: Owner = { pid: process.pid, birth: await birthOf(process.pid), server }
  await writeFile(join(dataDir, ownerFile), JSON.stringify(owner))
}

export async function forgetOwner(dataDir: string): Promise<void> {
  await rm(join(dataDir, ownerFile), { force: true })
}

/** Whether the process that started a server still lives; if not, the server is an orphan. */
export async function hasOwner(dataDir: string, server: ServerInFolder): Promise<boolean> {
  const text = await readFile(join(dataDir, ownerFile), 'utf8').catch(() => undefined)
  if (!text) return false
  const owner = JSON.parse(text) as Owner
  if (owner.server !== server.pid || !isAlive(owner.pid)) return false
  return owner.birth === undefined || owner.birth === (await birthOf(owner.pid))
}

/** Makes sure no server runs on the cluster: an orphan is stopped, a server in use is refused, a stale lock is removed. */
export async function clearTheWay(dataDir: string, clusterDir: string): Promise<void> {
  const server = await findServer(clusterDir)
  if (server && (await hasOwner(dataDir, server))) {
    throw new EmbeddedError(
      'SIKU_EMBEDDED_IN_USE',
      `PostgreSQL already runs on ${dataDir} (process ${server.pid}, port ${server.port}); stop the program that started it first`
    )
  }
  if (server) await endProcess(server.pid, ['SIGINT', 'SIGQUIT', 'SIGKILL'], 15_000)
  await becomesTrue(() => !existsSync(join(clusterDir, 'postmaster.pid')), 200)
  await rm(join(clusterDir, 'postmaster.pid'), { force: true })
}
