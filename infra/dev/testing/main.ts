import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { root } from '../embedded/run-typescript.mjs'
import { createTapReader } from './read-tap.ts'
import { createReport } from './report.ts'
import { startTestStack } from './test-stack.ts'

const suites = {
  test: { folders: ['packages/*/test', 'services/*/test', 'infra/checks', 'infra/journey'], jobs: 2 },
  harness: { folders: ['infra/harness'], jobs: 1 }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { harness: { type: 'boolean', default: false }, tap: { type: 'boolean', default: false }, jobs: { type: 'string' } }
})

process.exitCode = await runTests()

async function runTests(): Promise<number> {
  const suite = suites[values.harness ? 'harness' : 'test']
  const files = positionals.length > 0 ? positionals.flatMap(filesBelow) : suite.folders.flatMap(testFilesIn).toSorted()
  const report = createReport(values.tap ? () => {} : (line) => console.log(line))
  if (files.length === 0) return report.end({ code: 1, files: 0 })
  const stopped = new AbortController()
  const stop = (signal: NodeJS.Signals) => stopped.abort(signal)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  const stack = await startTestStack((line) => console.error(line))
  try {
    const code = stopped.signal.aborted
      ? 1
      : await runTap(files, { env: stack.env, stopped: stopped.signal, onFile: report.add, jobs: Number(values.jobs ?? suite.jobs) })
    return report.end({ code, files: files.length, ...(stopped.signal.aborted && { stoppedBy: String(stopped.signal.reason) }) })
  } finally {
    await stack.close()
  }
}

type TapRun = { env: Record<string, string>; jobs: number; stopped: AbortSignal; onFile: Parameters<typeof createTapReader>[0] }

async function runTap(files: string[], { env, jobs, stopped, onFile }: TapRun): Promise<number> {
  const tap = join(root, 'node_modules', 'tap', 'dist', 'esm', 'run.mjs')
  const followParent = new URL('../embedded/follow-parent.mjs', import.meta.url).href
  const child = spawn(process.execPath, ['--import', followParent, tap, '-R', 'tap', `-j${jobs}`, ...files], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: process.platform !== 'win32'
  })
  stopped.addEventListener('abort', () => endGroup(child))
  const reader = createTapReader(onFile)
  for await (const line of createInterface({ input: child.stdout })) {
    if (values.tap) console.log(line)
    reader.read(line)
  }
  reader.end()
  if (child.exitCode === null && child.signalCode === null) await new Promise((resolve) => child.once('exit', resolve))
  return child.exitCode ?? 1
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  if (process.platform === 'win32') child.kill()
  else process.kill(-child.pid, 'SIGKILL')
}

function filesBelow(path: string): string[] {
  return path.endsWith('.ts') ? [path] : testFilesIn(path.replace(/\/$/, ''))
}

function testFilesIn(pattern: string): string[] {
  const [parent = '', rest] = pattern.split('/*/')
  const folders = rest === undefined ? [pattern] : entriesOf(parent).map((name) => `${parent}/${name}/${rest}`)
  return folders.flatMap((folder) =>
    entriesOf(folder, true)
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => `${folder}/${name}`)
  )
}

function entriesOf(folder: string, recursive = false): string[] {
  try {
    return readdirSync(join(root, folder), { recursive, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'))
  } catch {
    return []
  }
}
