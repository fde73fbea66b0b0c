import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { launchUnder } from './identity.ts'
import type { Identity } from './identity.ts'

export type Exit = { code: number | null; signal: NodeJS.Signals | null }

export type BoundProcess = { pid: number; exited: Promise<Exit>; hasExited: () => boolean }

export type BoundOptions = {
  identity: Identity
  cwd: string
  env: NodeJS.ProcessEnv
  /** An open file that receives what the program prints. */
  output: number | 'ignore'
  /** False where the watchdog must do what the kernel could. */
  bound?: boolean
}

/** Starts a program that cannot outlive this process, however this process ends. */
export async function spawnBound(program: string, args: string[], options: BoundOptions): Promise<BoundProcess> {
  const launch = launchUnder(options.identity, options.bound)
  const [command = program, ...rest] = [...launch.prefix, program, ...args]
  const child = spawn(command, rest, {
    cwd: options.cwd,
    env: options.env,
    stdio: ['ignore', options.output, options.output],
    // Its own process group: Ctrl-C reaches us alone, and we stop servers in order.
    detached: true,
    windowsHide: true,
    ...(launch.uid !== undefined && { uid: launch.uid, gid: launch.gid })
  })
  await once(child, 'spawn')
  const pid = child.pid as number
  const release = launch.bound ? () => {} : watch(pid)
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => {
      release()
      resolve({ code, signal })
    })
  })
  return { pid, exited, hasExited: () => child.exitCode !== null || child.signalCode !== null }
}

function watch(pid: number): () => void {
  const watchdog = spawn(process.execPath, [fileURLToPath(new URL('watchdog.mjs', import.meta.url)), String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    windowsHide: true
  })
  watchdog.on('error', () => {})
  watchdog.unref()
  const pipe = watchdog.stdin as NonNullable<typeof watchdog.stdin> & { unref?: () => void }
  pipe.on('error', () => {})
  pipe.unref?.()
  return () => watchdog.kill('SIGKILL')
}
