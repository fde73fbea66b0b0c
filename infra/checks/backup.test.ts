import { createLogger, openedThings } from '@siku/service-kit'
import { untilTrue } from '@siku/testing'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import t from 'tap'
import type { Manifest } from '../dev/backup/manifest.ts'
import { removeDataFolder } from '../dev/embedded/index.ts'
import { root } from '../dev/embedded/run-typescript.mjs'
import { prepareInstallation } from '../dev/installation/prepare-installation.ts'
import { waitUntilQuiet } from '../dev/seed/wait-until-quiet.ts'
import { author, create, library, lost, openRunning, readThere, startLoad } from './backup/load.ts'
import { askSiku as siku } from './siku/ask-siku.ts'

const folder = mkdtempSync(join(tmpdir(), 'siku-backup-'))
const dataDir = join(folder, 'data')
const restored = join(folder, 'restored')
delete process.env.DATABASE_URL
delete process.env.SIKU_SECRET
t.teardown(async () => {
  for (const place of [dataDir, restored, folder]) await removeDataFolder(place)
})

t.test('A backup taken under load has everything that was acknowledged before its instant, and goes on as an installation', async (t) => {
  const backup = join(folder, 'backup')
  const running = await openRunning(dataDir)
  const load = startLoad(running)
  await untilTrue(() => load.acknowledged.filter(({ publishedAt }) => publishedAt).length >= 5, { timeoutMs: 60_000 })
  const { code, said } = await asUser('backup', '--to', backup)
  t.equal(code, 0, said)
  const ended = Date.now()
  await untilTrue(() => load.acknowledged.some(({ at }) => at > ended), { timeoutMs: 60_000 })
  await load.stop()
  t.same(load.faults, [], 'nobody was refused anything but for a moment')
  await running.close()

  const { startedAt, takenAt, counts, files } = readManifest(backup)
  const begun = Date.parse(startedAt)
  const point = Date.parse(takenAt)
  const before = load.acknowledged.filter(({ at }) => at < point)
  t.ok(point > begun && point <= ended)
  t.ok(
    before.some(({ at }) => at > begun),
    'people wrote while files were copied'
  )
  t.ok(load.acknowledged.length > before.length, 'and after the instant as well')
  t.ok(files.some(({ path }) => path === 'postgres/backup_label') && files.some(({ path }) => path.startsWith('postgres/pg_wal/')))
  t.equal(statSync(backup).mode & 0o777, 0o700)

  const answer = await siku('restore', '--from', backup, '--into', restored)
  t.equal(answer.code, 0, answer.said)
  t.match(answer.out, /records are owed to the index again/)
  const again = await openRunning(restored)
  t.teardown(again.close)
  const there = await readThere(again.ownerUrl)
  t.same(lost(load.acknowledged, there, point), [])
  t.same(
    lost(load.acknowledged, { ...there, records: there.records.slice(1) }, Infinity).length > 0,
    true,
    'the judge sees a record that is missing'
  )
  t.ok(there.records.length >= (counts.find((line) => line.library === library)?.records ?? 0))
  const sent = new Set(load.sent)
  t.same(
    there.words.filter((word) => !sent.has(word)),
    [],
    'nothing is there that nobody sent'
  )

  await waitUntilQuiet(again.matching.db, { timeoutMs: 60_000 })
  const published = before.filter(({ publishedAt }) => publishedAt !== undefined && publishedAt < point)
  t.ok(published.length > 0)
  for (const { word, id } of [published[0], published.at(-1)].filter((one) => one !== undefined)) {
    t.ok(await untilFound(again.address, word, id), `a search finds ${word}`)
  }
  const [first] = before
  const repeated = await create(again.call, author(again), { key: first?.key ?? '', draft: first?.draft })
  t.match(repeated, { status: 201, body: { id: first?.id } }, 'the Idempotency-Key of before still gives the same record')
})

t.test('Where nothing runs the backup starts what it needs, and a second one of the same name is refused', async (t) => {
  process.env.SIKU_DATA_DIR = dataDir
  const to = join(folder, 'cold')
  mkdirSync(to)
  t.match(await siku('backup', '--to', to), { code: 0, out: /files, \d+ MB/ })
  t.ok(readManifest(to).counts.some(({ records }) => records > 0))
  t.match(await siku('backup', '--to', to), { code: 1, said: /not empty; name a folder that is not there yet/ })
  t.match(await siku('backup', '--to', join(folder, 'cold', 'secret')), { code: 1, said: /not empty/ })
})

t.test('What does not fit is not restored, and leaves nothing behind', async (t) => {
  const from = join(folder, 'cold')
  const into = join(folder, 'nowhere', 'data')
  const refused = async (said: RegExp, prepare: () => () => void) => {
    const undo = prepare()
    t.match(await siku('restore', '--from', from, '--into', into), { code: 1, said })
    undo()
    t.same(existsSync(join(folder, 'nowhere')) ? readdirSync(join(folder, 'nowhere')) : [], [])
  }
  const segment = join(from, 'postgres', 'pg_wal', readdirSync(join(from, 'postgres', 'pg_wal'))[0] ?? '')
  await refused(/pg_wal\/\w+ is not what it was/, () => changing(segment, (bytes) => bytes.with(5000, (bytes[5000] ?? 0) ^ 1)))
  await refused(/pg_wal\/\w+ is not what it was/, () => changing(segment, (bytes) => bytes.subarray(0, -1)))
  await refused(/pg_wal\/\w+ is missing/, () => {
    renameSync(segment, join(folder, 'aside'))
    return () => renameSync(join(folder, 'aside'), segment)
  })
  await refused(/postgres\/extra is in it and not in its list/, () => {
    writeFileSync(join(from, 'postgres', 'extra'), 'x')
    return () => renameSync(join(from, 'postgres', 'extra'), join(folder, 'extra'))
  })
  const manifest = (change: (manifest: Manifest) => object) => () =>
    changing(join(from, 'manifest.json'), (bytes) => Buffer.from(JSON.stringify(change(JSON.parse(bytes.toString()) as Manifest))))
  await refused(
    /made by a newer Siku.*matching\/9999_later\.sql/,
    manifest((one) => ({ ...one, migrations: [...one.migrations, { set: 'matching', name: '9999_later.sql', hash: 'x' }] }))
  )
  await refused(
    /had another content/,
    manifest((one) => ({ ...one, migrations: one.migrations.map((mark) => ({ ...mark, hash: 'x' })) }))
  )
  await refused(
    /made by a newer Siku/,
    manifest((one) => ({ ...one, format: 2 }))
  )
  await refused(/is cut off or was changed/, () => changing(join(from, 'manifest.json'), (bytes) => bytes.subarray(0, 100)))
  await refused(/SIKU_SECRET is not the one of the backup/, () => {
    process.env.SIKU_SECRET = 'another-secret-another-secret-another-secret'
    return () => delete process.env.SIKU_SECRET
  })
  t.match(await siku('restore', '--from', join(folder, 'nothing'), '--into', into), { code: 1, said: /holds no backup/ })
  t.match(await siku('restore', '--from', from, '--into', dataDir), { code: 1, said: /is not empty, and a restore writes over nothing/ })
})

t.test('A backup that is killed half-way leaves no folder of its name, and does not stand in the way of the next', async (t) => {
  const opened = openedThings(createLogger({ name: 'backup', level: 'silent' }))
  t.teardown(() => opened.close())
  const { urls } = await prepareInstallation(opened, dataDir, () => {})
  const to = join(folder, 'killed')
  const child = command('backup', '--to', to)
  const unfinished = () => readdirSync(folder).find((name) => name.startsWith('killed.unfinished-'))
  const hasBegun = () => existsSync(join(folder, unfinished() ?? 'nothing', 'postgres', 'PG_VERSION'))
  await untilTrue(() => child.exitCode !== null || hasBegun(), { timeoutMs: 60_000 })
  t.equal(child.exitCode, null, 'it is at work')
  process.kill(-(child.pid ?? 0), 'SIGKILL')
  await once(child, 'exit')
  t.notOk(existsSync(to))
  const owner = postgres(urls.owner, { max: 1, onnotice: () => {} })
  t.teardown(() => owner.end())
  await untilTrue(async () => (await owner`select 1 from pg_replication_slots`).length === 0, { timeoutMs: 30_000 })
  await owner`select pg_create_physical_replication_slot('siku_backup', true, true)`
  t.match(await siku('backup', '--to', to), { code: 1, said: /Another backup of this installation is under way/ })
  t.notOk(existsSync(to))
  await owner`select pg_drop_replication_slot('siku_backup')`
  t.match(await siku('backup', '--to', to), { code: 0 })
})

async function untilFound(address: string, word: string, id: string): Promise<boolean> {
  await untilTrue(
    async () => {
      const answer = await fetch(`${address}/v1/search?q=${word}`)
      return answer.status === 200 && ((await answer.json()) as { data: { id: string }[] }).data.some((hit) => hit.id === id)
    },
    { timeoutMs: 20_000 }
  )
  return true
}

/** Changes a file and gives what puts it back. */
function changing(file: string, change: (bytes: Buffer) => Uint8Array): () => void {
  const bytes = readFileSync(file)
  writeFileSync(file, change(bytes))
  return () => writeFileSync(file, bytes)
}

const readManifest = (place: string): Manifest => JSON.parse(readFileSync(join(place, 'manifest.json'), 'utf8')) as Manifest

const command = (...args: string[]) =>
  spawn(process.execPath, [join(root, 'infra/dev/run.mjs'), 'siku', ...args], {
    env: { PATH: process.env.PATH, SIKU_DATA_DIR: dataDir },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true
  })

async function asUser(...args: string[]): Promise<{ code: number | null; said: string }> {
  const child = command(...args)
  let said = ''
  child.stderr.on('data', (text: Buffer) => (said += text.toString()))
  const [code] = (await once(child, 'exit')) as [number | null]
  return { code, said }
}
