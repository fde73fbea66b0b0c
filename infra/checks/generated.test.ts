import { journey } from '@siku/contracts'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { root } from '../dev/embedded/run-typescript.mjs'
import { commands } from '../dev/siku/commands.ts'
import { generatedFiles, type GeneratedFile } from '../generate/generated-files.ts'
import { processConfigs } from '../generate/process-configs.ts'
import type { OpenApiDocument } from '../generate/service-documents.ts'
import { stableJson } from '../generate/stable-json.ts'
import { readManifest } from './import-graph.ts'
import { projectFiles, readSource } from './source-files.ts'
import { documentFaults } from './written/document-rules.ts'
import { absentCommands, absentPaths, decisionFaults, dependencyFaults, tableBelow } from './written/page-rules.ts'

const read = (path: string) => readFileSync(join(root, path), 'utf8')
const readme = read('README.md')

const outdated = (files: GeneratedFile[], readFile: (path: string) => string): string[] =>
  files.filter(({ path, text }) => readFile(path) !== text).map(({ path }) => path)

t.test('Generated files are what the code says now; `npm run generate` writes them anew', async (t) => {
  const files = await generatedFiles()
  t.equal(files.length, 9)
  t.same(outdated(files, read), [])
  t.same(
    outdated(files, (path) => (path.endsWith('siku.json') ? read(path).replace('/v1/search', '/v1/find') : read(path))),
    ['infra/openapi/siku.json'],
    'control'
  )
  const page = files.find(({ path }) => path === 'infra/docs/environment.md')?.text ?? ''
  const settings = [...new Set(Object.values(processConfigs).flatMap((schema) => Object.keys(schema.properties)))]
  t.same(
    settings.filter((name) => !page.includes(`| \`${name}\` |`)),
    [],
    'every setting has a row'
  )
  t.notMatch(page, /\| {2}\|\n/, 'and every row says what it is')
})

t.test('JSON is written the same whatever the order of its keys, and lists keep theirs', async (t) => {
  t.equal(stableJson({ b: [2, 1], a: { d: undefined, c: 1 } }), stableJson({ a: { c: 1 }, b: [2, 1] }))
  t.not(stableJson([1, 2]), stableJson([2, 1]))
  t.equal(stableJson({ б: 1, a: 1, B: 1 }), '{\n  "B": 1,\n  "a": 1,\n  "б": 1\n}\n')
})

t.test('The composed document tells the truth about every route', async (t) => {
  const document = JSON.parse(read('infra/openapi/siku.json')) as OpenApiDocument
  t.match(document.openapi, /^3\.1/)
  t.ok(Object.keys(document.paths).length > 100, 'all services are in it')
  t.same(documentFaults(document), [])
  const wrong = {
    ...document,
    paths: {
      '/a/': { get: { operationId: 'x', responses: { 404: {} } } },
      '/b': {
        post: {
          operationId: 'x',
          responses: { 200: {}, 428: {} },
          parameters: [{ name: 'limit', in: 'query', required: true, schema: { default: 5 } }]
        }
      }
    }
  }
  t.equal(documentFaults(wrong).length, 5, 'control')
})

t.test('Every dependency has its reason', async (t) => {
  const page = read('infra/decisions/0009-dependencies.md')
  const manifests = projectFiles()
    .filter((path) => /(^|\/)package\.json$/.test(path))
    .map(readSource)
    .map(readManifest)
  const used = [...new Set(manifests.flatMap(({ dependencies, devDependencies }) => [...dependencies, ...devDependencies]))].filter(
    (name) => !name.startsWith('@siku/')
  )
  t.ok(used.length > 40)
  t.same(dependencyFaults(page, used), [])
  t.same(
    dependencyFaults(page.replace(/\| `yaml` \|.*\|/, '| `yaml` | |'), [...used.slice(1), 'left-pad']).length,
    3,
    'control: one without a reason, one without a line, one left over'
  )
})

t.test('Every decision says what was asked, what was chosen and what checks it, and is numbered without a gap', async (t) => {
  const names = readdirSync(join(root, 'infra/decisions')).sort()
  t.same(
    names.map((name) => Number(name.slice(0, 4))),
    names.map((_name, index) => index + 1)
  )
  for (const name of names) {
    const text = read(`infra/decisions/${name}`)
    t.same(decisionFaults(text), [], name)
    t.match(text, new RegExp(`^# ${name.slice(0, 4)} \\S`), `${name} begins with its number`)
  }
  t.equal(decisionFaults('# 0000 Because\n\n**Choice.** `packages/db/src/nothing.ts`').length, 6, 'control')
})

t.test('The README names what is there and shows the journey as the code numbers it', async (t) => {
  const scripts = Object.keys((JSON.parse(read('package.json')) as { scripts: object }).scripts)
  t.same(absentPaths(readme), [])
  t.same(absentCommands(readme, scripts, Object.keys(commands)), [])
  t.same(absentPaths('`packages/nothing` and `infra/checks/*.test.ts`'), ['packages/nothing'], 'control')
  t.same(
    absentCommands('`npm run fly`, `npm run siku -- land on mars`, `npm test`', scripts, Object.keys(commands)),
    ['npm run fly', 'npm run siku -- land on'],
    'control'
  )
  const rows = tableBelow(readme, '## The journey of a posting').map(([stage, name, , where = '']) => ({
    stage: Number(stage),
    name,
    where: where.startsWith('`') ? where.replaceAll('`', '') : null
  }))
  t.same(
    rows,
    journey.map(({ stage, name, where }) => ({ stage, name, where }))
  )
  for (const { where } of journey) if (where !== null) t.same(absentPaths(`\`${where}\``), [], `${where} is there`)
})
