import t from 'tap'
import { allowedImports, forbiddenDependencies, forbiddenImports, importsOf, readManifest } from './import-graph.ts'
import type { Manifest } from './import-graph.ts'
import { describeViolations, projectFiles, readSource, typescriptFiles } from './source-files.ts'

const manifests = projectFiles()
  .filter((path) => /(^|\/)package\.json$/.test(path) && !path.includes('/test/'))
  .map((path) => readManifest(readSource(path)))

t.test('Every package stands in the graph', async (t) => {
  const packages = manifests.filter(({ folder }) => folder.startsWith('packages/')).map(({ folder }) => folder.split('/')[1])
  t.ok(packages.length >= 10)
  t.same(
    packages.filter((name) => !allowedImports[name ?? '']),
    []
  )
  t.same(
    manifests.filter(({ folder, name }) => folder && name !== `@siku/${folder.split('/').at(-1)}`),
    [],
    'a package is named for its folder'
  )
})

t.test('Packages depend on those below them only', async (t) => {
  t.same(describeViolations(manifests.flatMap(forbiddenDependencies)), [])
})

t.test('Imports follow the graph, stay inside their package or name another, and are declared', async (t) => {
  const files = typescriptFiles().filter(({ path }) => /^(packages|services|infra)\//.test(path))
  t.ok(files.length > 100)
  t.ok(files.reduce((sum, file) => sum + importsOf(file).length, 0) > 200)
  t.same(describeViolations(files.flatMap((file) => forbiddenImports(file, manifests))), [])
})

t.test('A package that depends upwards, sideways or on a service would be told', async (t) => {
  const manifest = (folder: string, dependencies: string[], devDependencies: string[] = []): Manifest => ({
    folder,
    name: `@siku/${folder.split('/')[1]}`,
    dependencies,
    devDependencies
  })
  t.match(forbiddenDependencies(manifest('packages/db', ['@siku/service-kit'])), [{ what: /@siku\/service-kit/ }])
  t.match(forbiddenDependencies(manifest('packages/matcher', ['@siku/db'])), [{ what: /@siku\/db/ }])
  t.match(forbiddenDependencies(manifest('services/gateway', ['@siku/matching'])), [{ what: /@siku\/matching/ }])
  t.match(forbiddenDependencies(manifest('packages/db', ['@siku/testing'])), [{ what: /@siku\/testing/ }])
  t.match(forbiddenDependencies(manifest('packages/db', [], ['@siku/search'])), [{ what: /@siku\/search/ }])
  t.same(forbiddenDependencies(manifest('packages/db', ['@siku/contracts', 'postgres'], ['@siku/testing'])), [])
})

t.test('A forbidden import would be told, in whatever form it comes', async (t) => {
  const judge = (path: string, text: string) => forbiddenImports({ path, text }, manifests).map(({ what }) => what)
  t.match(judge('packages/contracts/src/x.ts', "import { x } from '@siku/db'"), [/must not import @siku\/db/])
  t.match(judge('services/gateway/src/x.ts', "export * from '@siku/matching'"), [/must not import @siku\/matching/])
  t.match(judge('services/gateway/src/x.ts', "const m = await import('@siku/technology-reserve')"), [/must not import/])
  t.match(judge('packages/matcher/src/x.ts', "type T = import('@siku/db').Tx"), [/must not import @siku\/db/])
  t.match(judge('packages/db/src/x.ts', "import { testDatabase } from '@siku/testing'"), [/outside of a test/])
  t.match(judge('packages/db/src/x.ts', "import { x } from '../../contracts/src/actor.ts'"), [/another package/])
  t.match(judge('packages/db/src/x.ts', "import x from 'left-pad'"), [/does not declare/])
  t.match(judge('packages/db/src/x.ts', "import fs from 'fs'"), [/without node:/])
  t.match(judge('packages/contracts/src/x.ts', "import t from 'tap'"), [/does not declare/])
  t.same(judge('packages/db/test/x.test.ts', "import t from 'tap'\nimport { testDatabase } from '@siku/testing'"), [])
  t.same(
    judge(
      'packages/db/src/x.ts',
      "import postgres from 'postgres'\nimport type { Actor } from '@siku/contracts'\nimport './y.ts'\nimport 'node:fs'"
    ),
    []
  )
})
