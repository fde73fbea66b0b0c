import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { untilTrue } from '@siku/testing'
import { isAlive } from '../dev/embedded/processes.ts'
import { root } from '../dev/embedded/run-typescript.mjs'
import { createTapReader } from '../dev/testing/read-tap.ts'
import type { FileResult } from '../dev/testing/read-tap.ts'
import { createReport } from '../dev/testing/report.ts'

t.test('Assertions are counted, whatever tests stand around them', async (t) => {
  const [good, bad] = read(`TAP version 14
# Subtest: a.test.ts
    # Subtest: outer
        ok 1 - one
        # Subtest: inner
            ok 1 - two
            ok 2 - three # SKIP no Redis
            1..2
        ok 2 - inner # time=1ms
        1..2
    ok 1 - outer # time=2ms
    ok 2 - four
    1..2
ok 1 - a.test.ts # time=1234ms
# Subtest: b.test.ts
    # Subtest: broken
        not ok 1 - five
          ---
          diff: |
            -1
            +2
            ok 9 - not a result
          ...
        1..1
    not ok 1 - broken # time=1ms
      ---
      at: here
      ...
    1..1
not ok 2 - b.test.ts # time=10ms
  ---
  exitCode: 1
  ...
1..2`)
  t.match(good, { file: 'a.test.ts', passed: 3, failed: 0, skipped: 1, timeMs: 1234 })
  t.match(bad, { file: 'b.test.ts', passed: 0, failed: 1 })
  t.same(
    bad?.failures.map(({ name }) => name),
    ['b.test.ts › broken › five']
  )
  t.match(bad?.failures[0]?.detail.join('\n'), /-1\n +\+2/)
})

t.test('A file that fails without a failed assertion counts as one failure', async (t) => {
  const [result] = read(
    '# Subtest: empty.test.ts\n    1..0 # no tests found\nnot ok 1 - empty.test.ts # time=3ms\n  ---\n  exitCode: 1\n  ...\n1..1'
  )
  t.match(result, { passed: 0, failed: 1 })
  t.same(result?.failures[0]?.detail, ['exitCode: 1'])
})

t.test('The last line is the total, and a run that tested nothing, broke off or lost a file is no success', async (t) => {
  const passing: FileResult = { file: 'a', passed: 2, failed: 0, skipped: 0, failures: [], timeMs: 1, output: [] }
  t.same(conclusion([passing], { code: 0, files: 1 }), { code: 0, last: '2 passed, 0 failed' })
  t.same(conclusion([{ ...passing, failed: 1 }], { code: 1, files: 1 }), { code: 1, last: '2 passed, 1 failed' })
  t.same(conclusion([], { code: 0, files: 0 }), { code: 1, last: '0 passed, 1 failed' })
  t.same(conclusion([{ ...passing, passed: 0 }], { code: 0, files: 1 }), { code: 1, last: '0 passed, 1 failed' })
  t.same(conclusion([passing], { code: 0, files: 2 }), { code: 1, last: '2 passed, 1 failed' })
  t.same(conclusion([passing], { code: 134, files: 1 }), { code: 1, last: '2 passed, 1 failed' })
  t.same(conclusion([passing], { code: 0, files: 1, stoppedBy: 'SIGINT' }), { code: 1, last: '2 passed, 1 failed' })
})

t.test('A real run ends with the totals, tells what failed, and gives its exit code', async (t) => {
  const file = testFile(t, "t.equal(1, 1)\nt.equal('left', 'right', 'the two sides')")
  const { status, stdout } = spawnSync(process.execPath, ['infra/dev/test.mjs', file], {
    cwd: root,
    encoding: 'utf8',
    env: outerEnvironment()
  })
  t.equal(status, 1)
  t.match(stdout, /✗ .*the two sides/)
  t.equal(stdout.trim().split('\n').at(-1), '1 passed, 1 failed')
})

for (const [how, signal] of [
  ['asked to stop', 'SIGTERM'],
  ['killed', 'SIGKILL']
] as const) {
  t.test(`A run that is ${how} takes its servers and test processes with it`, async (t) => {
    const marks = mkdtempSync(join(tmpdir(), 'siku-runner-'))
    t.teardown(() => rmSync(marks, { recursive: true, force: true }))
    const file = testFile(
      t,
      `
      import { renameSync, writeFileSync } from 'node:fs'
      import postgres from ${JSON.stringify(import.meta.resolve('postgres'))}
      const sql = postgres(process.env.SIKU_TEST_DATABASE_URL, { max: 1 })
      const [row] = await sql\`select split_part(pg_read_file('postmaster.pid'), chr(10), 1)::int as pid, current_setting('data_directory') as folder\`
      writeFileSync(${JSON.stringify(join(marks, 'writing'))}, JSON.stringify({ ...row, test: process.pid, tap: process.ppid }))
      renameSync(${JSON.stringify(join(marks, 'writing'))}, ${JSON.stringify(join(marks, 'running'))})
      await new Promise((resolve) => setTimeout(resolve, 60_000))
      t.pass()`
    )
    const run = spawn(process.execPath, ['infra/dev/test.mjs', file], { cwd: root, stdio: 'ignore', env: outerEnvironment() })
    await untilTrue(() => readdirSync(marks).includes('running'), { timeoutMs: 60_000, what: 'the start of the test' })
    const { pid, test } = JSON.parse(readFileSync(join(marks, 'running'), 'utf8')) as { pid: number; test: number }
    t.ok(isAlive(pid) && isAlive(test))
    const ended = once(run, 'exit')
    run.kill(signal)
    await ended
    await untilTrue(() => !isAlive(pid) && !isAlive(test), { timeoutMs: 20_000, what: 'the end of server and test' })
    t.pass('nothing is left')
  })
}

function read(output: string): FileResult[] {
  const results: FileResult[] = []
  const reader = createTapReader((result) => results.push(result))
  output.split('\n').forEach(reader.read)
  reader.end()
  return results
}

function conclusion(results: FileResult[], run: Parameters<ReturnType<typeof createReport>['end']>[0]) {
  const lines: string[] = []
  const report = createReport(
    () => {},
    (line) => lines.push(line)
  )
  results.forEach(report.add)
  const code = report.end(run)
  return { code, last: lines.at(-1) }
}

function testFile(t: { teardown: (end: () => unknown) => void }, body: string): string {
  const parent = join(root, '.tap')
  mkdirSync(parent, { recursive: true })
  const folder = mkdtempSync(join(parent, 'seeded-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'seeded.test.ts')
  writeFileSync(file, `import t from 'tap'\n${body}\n`)
  return file
}

// A run within a run: it must not take the outer one's servers or settings.
function outerEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(_?TAP|SIKU_TEST|REDIS_URL|NODE_OPTIONS)/.test(name)))
}
