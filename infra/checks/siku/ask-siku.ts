import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { root } from '../../dev/embedded/run-typescript.mjs'
import type { Report } from '../../dev/siku/doctor/report.ts'
import { runSiku } from '../../dev/siku/run-siku.ts'

export type Answer = { code: number; out: string; said: string }

/** The command line without a process around it. */
export async function askSiku(...args: string[]): Promise<Answer> {
  const out: string[] = []
  const said: string[] = []
  const code = await runSiku(args, { out: (line) => void out.push(line), say: (line) => void said.push(line) })
  return { code, out: out.join('\n'), said: said.join('\n') }
}

/** The command line as a person calls it, in a process of its own. */
export async function askAsUser(dataDir: string, ...args: string[]): Promise<Answer> {
  const run = promisify(execFile)(process.execPath, [join(root, 'infra/dev/run.mjs'), 'siku', ...args], {
    env: { PATH: process.env.PATH, SIKU_DATA_DIR: dataDir }
  })
  return run.then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, said: stderr }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, out: stdout, said: stderr })
  )
}

export const json = ({ out }: Answer): unknown => JSON.parse(out)

/** The exit code of `siku doctor` and what it reports. */
export async function askDoctor(): Promise<{ code: number; report: Report }> {
  const answer = await askSiku('doctor', '--json')
  return { code: answer.code, report: json(answer) as Report }
}
