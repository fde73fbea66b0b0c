import { emptyDatabase } from '@siku/testing'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { root } from '../dev/embedded/run-typescript.mjs'
import { commands } from '../dev/siku/commands.ts'
import { serverFindings } from '../dev/siku/doctor/examine-server.ts'
import type { Report } from '../dev/siku/doctor/report.ts'
import { processConfigs } from '../generate/process-configs.ts'
import { askAsUser, askDoctor as doctor, askSiku as siku, json } from './siku/ask-siku.ts'
import { emptyPlace } from './siku/empty-place.ts'

const { folder, dataDir } = emptyPlace(t)
const asUser = (...args: string[]) => askAsUser(dataDir, ...args)

t.test('Without an installation it says what there is to do, and makes nothing by itself', async (t) => {
  const [help, refused, examined] = await Promise.all([asUser('--help'), asUser('migrat'), asUser('doctor', '--json')])
  t.equal(help.code, 0)
  for (const name of Object.keys(commands)) t.ok(help.out.includes(`  ${name} `), `the help names ${name}`)
  t.match(refused, { code: 2, out: '', said: /There is no command 'migrat'\. There are: doctor, migrate/ })
  t.equal(examined.code, 1)
  t.match(JSON.parse(examined.out), {
    healthy: false,
    server: null,
    findings: [{ about: 'database', wrong: /There is no installation in/ }]
  })
  t.match(await siku('rematch'), { code: 1, said: /`npm start` or `npm run siku -- migrate` makes one/ })
  t.notOk(existsSync(dataDir))
})

t.test('Every command has a help of its own, and what is not well asked is refused with what would be right', async (t) => {
  for (const name of Object.keys(commands)) {
    if (name === 'bench') continue
    const { code, out } = await siku(...name.split(' '), '--help')
    t.equal(code, 0)
    t.ok(out.startsWith(`npm run siku -- ${name}`), name)
  }
  t.match(await siku('keys'), { code: 2, out: /keys list.*keys revoke.*keys rotate-signing/s })
  t.match(await siku('keys', 'lst'), { code: 2, said: /There is no command 'keys lst'\. There are: keys list, keys revoke/ })
  t.match(await siku('doctor', '--jsn'), { code: 2, said: /Unknown option '--jsn'/ })
  t.match(await siku('doctor', 'now'), { code: 2, said: /'now' is one word too many/ })
  t.match(await siku('backup'), { code: 2, said: /'backup' needs --to/ })
  t.match(await siku('admin', 'create', '--email', 'li', '--name', 'Li'), { code: 2, said: /--email takes an address/ })
  t.match(await siku('admin', 'create', '--email', 'li@example.org', '--name', 'Li', '--role', 'member'), {
    code: 2,
    said: /'member' is no role of staff/
  })
  t.match(await siku('reindex', 'technologies'), { code: 2, said: /There is no library 'technologies'\. There are: project-results/ })
  t.match(await siku('keys', 'revoke', '7'), { code: 2, said: /takes the id of a key/ })
  t.match(await siku('audit', 'list', '--limit', '0'), { code: 2, said: /a whole number from 1/ })
  t.match(await siku('seed'), { code: 2, said: /invented.*say --yes/s })
})

t.test('A server of somebody else’s is used as it is, and what it lacks is named', async (t) => {
  const { ownerUrl } = await emptyDatabase(t)
  process.env.DATABASE_URL = ownerUrl
  t.teardown(() => delete process.env.DATABASE_URL)
  t.match(await siku('reindex'), { code: 1, said: /migrations are missing in the database; run `npm run siku -- migrate` first/ })
  const { code, report } = await doctor()
  t.equal(code, 1)
  t.match(report, { server: { origin: 'given', migrations: { applied: 0 } }, stages: null })
  t.ok(report.findings.some(({ about, remedy }) => about === 'migrations' && remedy === 'npm run siku -- migrate'))
  const server = report.server as NonNullable<Report['server']>
  t.match(serverFindings({ ...server, migrations: noMigrations, connections: { max: 50, reserved: 3, wanted: 60, inUse: 1 } }), [
    { about: 'connections', remedy: /max_connections to 63/ }
  ])
  t.match(
    serverFindings({
      ...server,
      migrations: noMigrations,
      postgresql: '15.4',
      encoding: 'SQL_ASCII',
      connections: { max: 500, reserved: 3, wanted: 60, inUse: 1 }
    }),
    [{ wrong: /PostgreSQL 15\.4/ }, { wrong: /SQL_ASCII/ }]
  )
  process.env.DATABASE_URL = 'postgres://siku@127.0.0.1:1/siku'
  t.match(await siku('rematch'), { code: 1, said: /PostgreSQL cannot be reached/ })
})

t.test('env init writes every secret of docker-compose.yml for its owner alone, and never over another', async (t) => {
  const file = join(folder, '.env')
  t.match(await siku('env', 'init', '--file', file), { code: 0, out: /settings written/ })
  t.equal(statSync(file).mode & 0o777, 0o600)
  const written = readFileSync(file, 'utf8')
  const needed = [...readFileSync(join(root, 'docker-compose.yml'), 'utf8').matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name)
  t.ok(needed.length > 10)
  t.same(
    needed.filter((name) => !new RegExp(`^${name}=.{16,}$`, 'm').test(written)),
    []
  )
  t.match(await siku('env', 'init', '--file', file), { code: 1, said: /stays as it is/ })
  t.equal(readFileSync(file, 'utf8'), written)
  const groups = json(await siku('env', 'print', '--json')) as Record<string, { name: string }[]>
  const printed = new Set(Object.values(groups).flatMap((rows) => rows.map(({ name }) => name)))
  t.same(
    Object.values(processConfigs)
      .flatMap((schema) => Object.keys(schema.properties))
      .filter((name) => !printed.has(name)),
    []
  )
})

const noMigrations = { applied: 1, pending: [], changed: [], unknown: [] }
