import { randomBytes } from 'node:crypto'
import { existsSync, openSync, closeSync, renameSync, statSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { spawnBound } from './bound-process.ts'
import type { BoundProcess, Exit } from './bound-process.ts'
import { clusterPlace } from './cluster-place.ts'
import type { ClusterPlace } from './cluster-place.ts'
import { EmbeddedError } from './errors.ts'
import { freePort, isPortFree } from './free-port.ts'
import { serverIdentity } from './identity.ts'
import type { Identity } from './identity.ts'
import { initialiseCluster, serverEnvironment } from './initialise-cluster.ts'
import { postgresBinaries } from './postgres-binaries.ts'
import { becomesTrue, endProcess } from './processes.ts'
import { clearTheWay, findServer, forgetOwner, recordOwner } from './server-lock.ts'

export type PostgresOptions = {
  /** Folder for the cluster (`postgres/`), its password, port and log; created when absent. */
  dataDir: string
  /** Default: the port used last time, else any free one. */
  port?: number
  /** Faster and not safe against a crash of the machine; commits survive a crash of the server. */
  test?: boolean
  /** Default: a user namespace or a system user for root, ourselves otherwise. */
  identity?: Identity
  /** False leaves it to the watchdog to end the server after us, as where the kernel cannot. */
  bound?: boolean
  readyWithinMs?: number
}

export type RunningPostgres = {
  /** The owner's URL of the database `postgres`. */
  url: string
  port: number
  pid: number
  clusterDir: string
  stop: () => Promise<void>
  onExit: (listener: (exit: Exit & { expected: boolean }) => void) => void
}

/** Starts PostgreSQL 18 on a data folder; it listens on 127.0.0.1 only and never outlives this process. */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const dataDir = resolve(options.dataDir)
  const test = options.test ?? false
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const identity = options.identity ?? serverIdentity()
  const place = await clusterPlace(dataDir, identity, await postgresBinaries(), test)
  const logPath = openLog(dataDir)
  const password = await rememberedPassword(dataDir)
  await clearTheWay(dataDir, place.clusterDir)
  await initialiseCluster({ place, identity, password, test, logPath })
  const port = await choosePort(dataDir, options.port)
  const { bound, readyWithinMs = 120_000 } = options
  const server = await launch({ place, identity, port, test, logPath, readyWithinMs, bound })
  await recordOwner(dataDir, server.pid)
  await writeFile(join(dataDir, 'postgres.port'), String(port))
  return describe(server, { dataDir, clusterDir: place.clusterDir, port, password })
}

type Started = { dataDir: string; clusterDir: string; port: number; password: string }

function describe(server: BoundProcess, { dataDir, clusterDir, port, password }: Started): RunningPostgres {
  let expected = false
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    port,
    pid: server.pid,
    clusterDir,
    onExit: (listener) => void server.exited.then((exit) => listener({ ...exit, expected })),
    async stop() {
      expected = true
      if (!server.hasExited()) await endProcess(server.pid, ['SIGINT', 'SIGQUIT', 'SIGKILL'], 30_000)
      await becomesTrue(server.hasExited, 5_000)
      await forgetOwner(dataDir)
    }
  }
}

type LaunchOptions = {
  place: ClusterPlace
  identity: Identity
  port: number
  test: boolean
  logPath: string
  readyWithinMs: number
  bound: boolean | undefined
}

async function launch(options: LaunchOptions): Promise<BoundProcess> {
  const { place, identity, logPath } = options
  const deadline = performance.now() + 15_000
  for (;;) {
    const from = statSync(logPath).size
    const output = openSync(logPath, 'a')
    const server = await spawnBound(place.binaries.postgres, serverArguments(options), {
      identity,
      cwd: place.home,
      env: serverEnvironment(),
      output,
      bound: options.bound
    })
    closeSync(output)
    const settled = await becomesTrue(
      async () => server.hasExited() || (await isReady(place.clusterDir, server.pid)),
      options.readyWithinMs
    )
    if (settled && !server.hasExited()) return server
    await endProcess(server.pid, ['SIGINT', 'SIGKILL'], 5_000)
    const said = (await readFile(logPath, 'utf8')).slice(from).trim()
    // Backends of a server that was just killed hold its memory for a moment longer.
    if (!/shared memory block|lock file .* already exists/.test(said) || performance.now() > deadline) {
      throw new EmbeddedError('SIKU_EMBEDDED_START_FAILED', `PostgreSQL did not start:\n${said.split('\n').slice(-12).join('\n')}`)
    }
    await becomesTrue(() => false, 250)
  }
}

function serverArguments({ place, port, test }: LaunchOptions): string[] {
  const settings = ['listen_addresses=127.0.0.1', 'max_connections=200', 'timezone=UTC', 'log_timezone=UTC']
  if (test) settings.push('fsync=off', 'full_page_writes=off', 'wal_level=minimal', 'max_wal_senders=0')
  return ['-D', place.clusterDir, '-p', String(port), '-k', '', ...settings.flatMap((setting) => ['-c', setting])]
}

async function isReady(clusterDir: string, pid: number): Promise<boolean> {
  const server = await findServer(clusterDir)
  return server?.pid === pid && server.ready
}

async function choosePort(dataDir: string, wanted?: number): Promise<number> {
  if (wanted === undefined) {
    const last = Number(await readFile(join(dataDir, 'postgres.port'), 'utf8').catch(() => '0'))
    return freePort(last)
  }
  if (await isPortFree(wanted)) return wanted
  throw new EmbeddedError(
    'SIKU_EMBEDDED_START_FAILED',
    `Port ${wanted} on 127.0.0.1 is taken; choose another or leave it out to have one picked`
  )
}

async function rememberedPassword(dataDir: string): Promise<string> {
  const file = join(dataDir, 'postgres.password')
  if (!existsSync(file)) {
    await writeFile(file, randomBytes(24).toString('hex'), { mode: 0o600, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
  return (await readFile(file, 'utf8')).trim()
}

function openLog(dataDir: string): string {
  const path = join(dataDir, 'postgres.log')
  if (existsSync(path) && statSync(path).size > 5_000_000) renameSync(path, `${path}.1`)
  closeSync(openSync(path, 'a', 0o600))
  return path
}
