import { execFile, spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** The command line of a process, or undefined when it cannot be told. */
export async function commandOf(pid: number): Promise<string | undefined> {
  try {
    if (process.platform === 'linux') return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ')
    if (process.platform === 'win32') return undefined
    return (await run('ps', ['-ww', '-o', 'command=', '-p', String(pid)])).stdout
  } catch {
    return undefined
  }
}

/** Tells a process from a later one that was given the same id. */
export async function birthOf(pid: number): Promise<string | undefined> {
  try {
    if (process.platform === 'linux') {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
      return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    }
    if (process.platform === 'win32') return undefined
    return (await run('ps', ['-o', 'lstart=', '-p', String(pid)])).stdout.trim()
  } catch {
    return undefined
  }
}

/** True once `fact` holds, false when it has not within `withinMs`. */
export async function becomesTrue(fact: () => boolean | Promise<boolean>, withinMs: number, everyMs = 20): Promise<boolean> {
  const deadline = performance.now() + withinMs
  while (!(await fact())) {
    if (performance.now() > deadline) return false
    await pause(everyMs)
  }
  return true
}

/** Asks a process to end, then insists. */
export async function endProcess(pid: number, signals: NodeJS.Signals[], patienceMs: number): Promise<void> {
  for (const signal of signals) {
    try {
      process.kill(pid, signal)
    } catch {
      return
    }
    if (await becomesTrue(() => !isAlive(pid), patienceMs)) return
  }
}

const answers = new Map<string, boolean>()

/** Whether a command line works on this machine; asked once. */
export function works(command: string[]): boolean {
  const key = command.join(' ')
  const known = answers.get(key)
  if (known !== undefined) return known
  const [program = '', ...args] = command
  const answer = spawnSync(program, args, { stdio: 'ignore' }).status === 0
  answers.set(key, answer)
  return answer
}
