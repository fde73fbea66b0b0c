import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { LocalEmbedderError } from './errors.ts'

const run = promisify(execFile)
const minorMin = 8
const candidates = process.platform === 'win32' ? ['py', 'python', 'python3'] : ['python3', 'python']

export type Python = { command: string; version: string }

/** A Python that can make environments of its own, or what is missing for one. */
export async function findPython(commands: readonly string[] = candidates): Promise<Python> {
  const found: string[] = []
  for (const command of commands) {
    const version = await versionOf(command)
    if (version === undefined) continue
    found.push(`${command} is ${version}`)
    const [major = 0, minor = 0] = version.split('.').map(Number)
    if (major !== 3 || minor < minorMin) continue
    if (await hasVenv(command)) return { command, version }
    found.push(`${command} has no module venv with pip (Debian: apt install python3-venv)`)
  }
  const seen = found.length === 0 ? 'none is on the PATH' : found.join(', ')
  throw new LocalEmbedderError(
    'SIKU_LOCAL_EMBEDDER_NO_PYTHON',
    `The embedder needs Python 3.${minorMin} or newer with venv; ${seen}. Without it matching works with concepts alone.`
  )
}

async function versionOf(command: string): Promise<string | undefined> {
  try {
    const { stdout } = await run(command, ['-c', 'import platform; print(platform.python_version())'])
    return stdout.trim()
  } catch {
    return undefined
  }
}

const hasVenv = (command: string): Promise<boolean> =>
  run(command, ['-c', 'import venv, ensurepip']).then(
    () => true,
    () => false
  )
