import { closeSync, openSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join, resolve } from 'node:path'
import { spawnBound } from './bound-process.ts'
import type { BoundProcess, Exit } from './bound-process.ts'
import { EmbeddedError } from './errors.ts'
import { freePort } from './free-port.ts'
import { becomesTrue, endProcess, works } from './processes.ts'

export type RunningRedis = {
  url: string
  port: number
  pid: number
  stop: () => Promise<void>
  onExit: (listener: (exit: Exit & { expected: boolean }) => void) => void
}

/** Starts the machine's own redis-server on a folder; undefined when there is none on the PATH. */
export async function startRedis(options: { dir: string; port?: number }): Promise<RunningRedis | undefined> {
  if (!works(['redis-server', '--version'])) return undefined
  const dir = resolve(options.dir)
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const port = options.port ?? (await freePort())
  const logPath = join(dir, 'redis.log')
  const output = openSync(logPath, 'a', 0o600)
  const server = await spawnBound('redis-server', redisArguments(dir, port), {
    identity: { kind: 'self' },
    cwd: dir,
    env: { PATH: process.env['PATH'] },
    output
  })
  closeSync(output)
  await becomesTrue(async () => server.hasExited() || (await answersPing(port)), 15_000)
  if (server.hasExited()) {
    const said = (await readFile(logPath, 'utf8')).trim().split('\n').slice(-6).join('\n')
    throw new EmbeddedError('SIKU_EMBEDDED_START_FAILED', `Redis did not start on port ${port}:\n${said}`)
  }
  return describe(server, port)
}

function describe(server: BoundProcess, port: number): RunningRedis {
  let expected = false
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    pid: server.pid,
    onExit: (listener) => void server.exited.then((exit) => listener({ ...exit, expected })),
    async stop() {
      expected = true
      if (!server.hasExited()) await endProcess(server.pid, ['SIGINT', 'SIGKILL'], 10_000)
      await becomesTrue(server.hasExited, 5_000)
    }
  }
}

// Jobs are hints, yet an evicted key would corrupt a queue, and a restart must not silently empty it.
function redisArguments(dir: string, port: number): string[] {
  return [
    '--bind',
    '127.0.0.1',
    '--port',
    String(port),
    '--dir',
    dir,
    '--maxmemory-policy',
    'noeviction',
    '--appendonly',
    'yes',
    '--save',
    '',
    '--daemonize',
    'no'
  ]
}

function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: 500 })
    const settle = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('connect', () => socket.write('PING\r\n'))
    socket.once('data', (data) => settle(data.toString().startsWith('+PONG')))
    socket.once('error', () => settle(false))
    socket.once('timeout', () => settle(false))
  })
}
