import t from 'tap'
import { libraryNames } from '@siku/contracts'
import {
  foreignTransactions,
  isEdge,
  libraryNamesInKit,
  linesMax,
  machineTraces,
  outsideWorldUses,
  tooLong,
  unfinishedWork
} from './house-rules.ts'
import { migrationFiles, migrationViolations, readLock } from './migrations-lock.ts'
import { describeViolations, projectFiles, readSource, typescriptFiles } from './source-files.ts'
import type { SourceFile, Violation } from './source-files.ts'

const sources = typescriptFiles()
const texts = projectFiles()
  .filter((path) => !/\.(png|ico|woff2?|pdf|xlsx|lock|gz)$/.test(path) && path !== 'pnpm-lock.yaml')
  // These two name what they forbid.
  .filter((path) => !path.startsWith('infra/checks/house-rules'))
  .map(readSource)

t.test('The sources are found, so that the rules below have something to judge', async (t) => {
  t.ok(sources.length > 100)
  t.ok(sources.some((file) => file.path === 'packages/db/src/connect.ts'))
  t.notOk(sources.some((file) => file.path.includes('node_modules')))
})

rule('Settings, time, chance and ids come in at the edge only', {
  judge: outsideWorldUses,
  seeds: [
    'export const home = process.env.HOME',
    'export const at = new Date()',
    'export const ms = Date.now() + 1',
    'const at = Date()',
    'export const draw = () => Math.random()',
    "import { randomUUID } from 'node:crypto'\nexport const id = randomUUID()",
    'export const id = crypto.randomUUID()',
    'export const id = globalThis.crypto.randomUUID()'
  ],
  innocent: [
    'export const at = new Date(0)',
    "export const text = 'process.env and new Date()' // Date.now()",
    'export const now = (ctx) => ctx.now()'
  ]
})

rule('Transactions begin in withTx only', {
  judge: foreignTransactions,
  seeds: [
    'await sql.begin(async () => {})',
    'await tx.transaction(async () => {})',
    'await this.client.begin()',
    'await db.transaction(work)'
  ],
  innocent: ["await send(lease, 'begin')", 'audio.begin()', '// sql.begin() is banned']
})

rule('The library kit knows no library by name', {
  judge: (file) => libraryNamesInKit(file, libraryNames),
  path: 'packages/library-kit/src/seeded.ts',
  seeds: ["if (library.name === 'technology-reserve') relax()", 'const projectResults = 1', 'from cooperation_demand.record'],
  innocent: ['library.name', 'export const demand = 1']
})

rule('No source file is longer than can be read at one sitting', {
  judge: tooLong,
  seeds: ['x\n'.repeat(linesMax + 1)],
  innocent: ['x\n'.repeat(linesMax)]
})

rule('Nothing is left for later', {
  judge: unfinishedWork,
  files: texts,
  seeds: ['// TODO: later', '/* FIXME */'],
  innocent: ['const todos = []', 'mastodon']
})

rule('No file names a path of one machine or a package registry', {
  judge: machineTraces,
  files: texts,
  // Put together here, so that no such path stands in the tree.
  seeds: [['cd ', 'work', 'main'].join('/'), "const path = '/home/somebody/x'", 'tarball: http://localhost:4873/registry/x.tgz'],
  innocent: ['https://nodejs.org', '/v1/search', 'network/', "'/var/lib'"]
})

t.test('Edge files are the entry points, settings, clocks, tests and what runs outside of the services', async (t) => {
  for (const path of [
    'services/gateway/src/main.ts',
    'packages/service-kit/src/config.ts',
    'infra/dev/demo.ts',
    'packages/db/test/lease.test.ts'
  ])
    t.ok(isEdge(path), path)
  for (const path of ['services/gateway/src/domain.ts', 'packages/db/src/connect.ts', 'packages/x/src/reconfig.ts'])
    t.notOk(isEdge(path), path)
})

t.test('Every package and service says in a README what it is for', async (t) => {
  const files = new Set(projectFiles())
  const folders = [...files]
    .filter((path) => /^(packages|services)\/[^/]+\/package\.json$/.test(path))
    .map((path) => path.replace('/package.json', ''))
  t.ok(folders.length >= 16)
  t.same(foldersWithoutReadme(folders, files), [])
  t.same(foldersWithoutReadme(['packages/db'], new Set(['packages/db/package.json'])), ['packages/db'], 'a missing one would be told')
})

t.test('A migration that was committed is never changed, renamed or removed', async (t) => {
  const files = migrationFiles()
  t.ok(files.length > 0)
  t.same(describeViolations(migrationViolations(files, readLock())), [])
  const path = 'packages/db/migrations/0001_first.sql'
  const lock = { [path]: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' }
  t.same(migrationViolations([{ path, text: '' }], lock), [], 'an unchanged one is fine')
  t.match(migrationViolations([{ path, text: 'drop table x' }], lock), [{ path, what: /changed/ }])
  t.match(migrationViolations([], lock), [{ path, what: /gone/ }])
  t.match(
    migrationViolations(
      [
        { path, text: '' },
        { path: 'x/migrations/0002_new.sql', text: '' }
      ],
      lock
    ),
    [{ what: /not in migrations.lock/ }]
  )
  t.match(migrationViolations([{ path: 'x/migrations/second.sql', text: '' }], {}), [{ what: /not named/ }])
})

type Rule = { judge: (file: SourceFile) => Violation[]; seeds: string[]; innocent: string[]; path?: string; files?: SourceFile[] }

/** A rule holds for the whole project, and is shown to catch each seeded violation and nothing innocent. */
function rule(name: string, { judge, seeds, innocent, path = 'packages/db/src/seeded.ts', files = sources }: Rule): void {
  t.test(name, async (t) => {
    t.same(describeViolations(files.flatMap(judge)), [])
    for (const text of seeds) t.ok(judge({ path, text }).length > 0, `catches ${text.slice(0, 60)}`)
    for (const text of innocent) t.same(describeViolations(judge({ path, text })), [], `leaves alone ${text.slice(0, 60)}`)
  })
}

function foldersWithoutReadme(folders: string[], files: ReadonlySet<string>): string[] {
  return folders.filter((folder) => !files.has(`${folder}/README.md`))
}
