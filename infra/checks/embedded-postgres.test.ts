import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import postgres from 'postgres'
import t from 'tap'
import { untilTrue } from '@siku/testing'
import { removeDataFolder, startPostgres, startRedis } from '../dev/embedded/index.ts'
import { openPostgres } from '../dev/embedded/open-postgres.ts'
import { systemUser } from '../dev/embedded/identity.ts'
import { endProcess, isAlive, works } from '../dev/embedded/processes.ts'
import { root, typescriptArguments } from '../dev/embedded/run-typescript.mjs'
import { utf8Locale } from '../dev/embedded/utf8-locale.ts'

// The folders are of mode 700 and the environment says nothing of languages, as on the barest machine.
const bareEnvironment = { PATH: process.env['PATH'] }

t.test('A server starts without LANG below a folder of mode 700, remembers port and password, and keeps its data', async (t) => {
  const dataDir = dataFolder(t)
  const first = await startPostgres({ dataDir, test: true })
  await query(first.url, 'create table kept as select 1 as one')
  await first.stop()
  t.notOk(isAlive(first.pid))
  const second = await startPostgres({ dataDir, test: true })
  t.teardown(second.stop)
  t.equal(second.url, first.url)
  t.same(await query(second.url, 'select one from kept'), [{ one: 1 }])
  t.equal(statSync(join(dataDir, 'postgres.password')).mode & 0o777, 0o600)
  t.equal(statSync(dataDir).mode & 0o777, 0o700)
  const withoutPassword = new URL(second.url)
  withoutPassword.password = 'wrong'
  await t.rejects(query(withoutPassword.href, 'select 1'), { code: '28P01' })
})

for (const way of ['kernel', 'watched']) {
  t.test(`After kill -9 of its parent no server is left (${way}), and the next start works`, async (t) => {
    const dataDir = dataFolder(t)
    const { holder, server } = await hold(dataDir, way)
    holder.kill('SIGKILL')
    await untilTrue(() => !isAlive(server.pid), { timeoutMs: 15_000, what: 'the end of the server' })
    const next = await startPostgres({ dataDir, test: true })
    t.same(await query(next.url, 'select 1 as one'), [{ one: 1 }])
    await next.stop()
  })
}

t.test('A server somebody uses is refused to a second start, and found by who only needs the database', async (t) => {
  const dataDir = dataFolder(t)
  const { holder, server } = await hold(dataDir, 'kernel')
  t.teardown(() => holder.kill('SIGTERM'))
  await t.rejects(startPostgres({ dataDir, test: true }), { code: 'SIKU_EMBEDDED_IN_USE', message: /stop the program that started it/ })
  const opened = await openPostgres({ dataDir })
  t.match(opened, { origin: 'running', url: server.url })
  await opened.stop()
  t.ok(isAlive(server.pid), 'it is not ours to stop')
  const ended = once(holder, 'exit')
  holder.kill('SIGTERM')
  t.same((await ended)[0], 0)
  t.notOk(isAlive(server.pid))
})

t.test('An orphan is stopped and replaced, and a lock of a process that is something else is ignored', async (t) => {
  const dataDir = dataFolder(t)
  const first = await startPostgres({ dataDir, test: true })
  const owner = join(dataDir, 'postgres.owner.json')
  writeFileSync(owner, JSON.stringify({ ...JSON.parse(readFileSync(owner, 'utf8')), birth: 'another process that had this id' }))
  const second = await startPostgres({ dataDir, test: true })
  t.notOk(isAlive(first.pid))
  const lock = join(second.clusterDir, 'postmaster.pid')
  const text = readFileSync(lock, 'utf8')
  await second.stop()
  writeFileSync(lock, text.replace(/^\d+/, String(process.pid)))
  const third = await startPostgres({ dataDir, test: true })
  t.same(await query(third.url, 'select 1 as one'), [{ one: 1 }])
  await third.stop()
})

t.test('A killed server is told, keeps what was committed, and starts again at once on the same port', async (t) => {
  const dataDir = dataFolder(t)
  const first = await startPostgres({ dataDir, test: true })
  const exit = new Promise((resolve) => first.onExit(resolve))
  await query(first.url, 'create table kept as select generate_series(1, 1000)')
  process.kill(first.pid, 'SIGKILL')
  t.match(await exit, { signal: 'SIGKILL', expected: false })
  const second = await startPostgres({ dataDir, port: first.port, test: true })
  t.same(await query(second.url, 'select count(*)::int from kept'), [{ count: 1000 }])
  await second.stop()
})

t.test('A cluster of another version is refused with what to do', async (t) => {
  const dataDir = dataFolder(t)
  const server = await startPostgres({ dataDir, test: true })
  await server.stop()
  writeFileSync(join(server.clusterDir, 'PG_VERSION'), '17\n')
  await t.rejects(startPostgres({ dataDir, test: true }), { code: 'SIKU_EMBEDDED_WRONG_VERSION', message: /version 17|PostgreSQL 17/ })
})

const isRoot = process.getuid?.() === 0

t.test(
  'Where root has no user namespaces, the server runs as a system user from folders that user can reach',
  { skip: !isRoot && 'only root steps down' },
  async (t) => {
    const dataDir = dataFolder(t)
    const server = await startPostgres({ dataDir, test: true, identity: systemUser() })
    t.teardown(server.stop)
    t.notOk(server.clusterDir.startsWith(dataDir))
    t.not(statSync(server.clusterDir).uid, 0)
    t.same(await query(server.url, "select current_setting('server_encoding') as encoding"), [{ encoding: 'UTF8' }])
    const again = server.clusterDir
    await server.stop()
    const second = await startPostgres({ dataDir, test: true, identity: systemUser() })
    t.equal(second.clusterDir, again)
    await second.stop()
    await removeDataFolder(dataDir)
    t.notOk(existsSync(again))
  }
)

t.test('The system user is postgres if there is one, else nobody, never root', async (t) => {
  t.match(systemUser('root:x:0:0::/:\nnobody:x:65534:65534::/:\npostgres:x:101:104::/:'), { name: 'postgres', uid: 101, gid: 104 })
  t.match(systemUser('root:x:0:0::/:\nnobody:x:65534:65534::/:'), { name: 'nobody' })
  t.throws(() => systemUser('root:x:0:0::/:'), { code: 'SIKU_EMBEDDED_NO_UNPRIVILEGED_USER' })
})

t.test('The locale is a UTF-8 one that the machine has', async (t) => {
  t.equal(utf8Locale(['C', 'C.utf8', 'POSIX']), 'C.UTF-8')
  t.equal(utf8Locale(['C', 'de_DE.UTF-8', 'en_US.UTF-8']), 'en_US.UTF-8')
  t.equal(utf8Locale(['C', 'fr_FR.utf8']), 'fr_FR.utf8')
  t.equal(utf8Locale([]), 'C.UTF-8')
})

t.test('A command ends when its parent was killed', async (t) => {
  const middle = spawn(process.execPath, typescriptArguments('infra/checks/hold-child.ts'), {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit']
  })
  const child = Number(await firstLine(middle))
  t.teardown(() => endProcess(child, ['SIGKILL'], 1_000))
  t.ok(isAlive(child))
  middle.kill('SIGKILL')
  await untilTrue(() => !isAlive(child), { what: 'the end of the child' })
  t.pass('the child noticed')
})

t.test(
  'Redis starts again on its folder and port after a kill',
  { skip: !works(['redis-server', '--version']) && 'redis-server is not installed' },
  async (t) => {
    const dir = join(dataFolder(t), 'redis')
    const first = await startRedis({ dir })
    const { pid = 0, port } = first ?? {}
    t.ok(isAlive(pid))
    process.kill(pid, 'SIGKILL')
    await untilTrue(() => !isAlive(pid))
    const second = await startRedis({ dir, port })
    t.equal(second?.url, first?.url)
    await second?.stop()
    t.notOk(isAlive(second?.pid ?? 0))
  }
)

function dataFolder(t: { teardown: (end: () => unknown) => void }): string {
  const folder = mkdtempSync(join(tmpdir(), 'siku-embedded-'))
  const dataDir = join(folder, '.data')
  t.teardown(async () => {
    await removeDataFolder(dataDir)
    await removeDataFolder(folder)
  })
  return dataDir
}

async function hold(dataDir: string, way: string) {
  const holder = spawn(process.execPath, typescriptArguments('infra/checks/hold-postgres.ts', [dataDir, way]), {
    cwd: root,
    env: bareEnvironment,
    stdio: ['ignore', 'pipe', 'inherit']
  })
  return { holder, server: JSON.parse(await firstLine(holder)) as { url: string; port: number; pid: number } }
}

async function firstLine(child: { stdout: NodeJS.ReadableStream }): Promise<string> {
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  return String(line)
}

async function query(url: string, text: string) {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    return await sql.unsafe(text)
  } finally {
    await sql.end()
  }
}
