import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import ts from 'typescript'
import { isTest } from './source-files.ts'
import type { SourceFile, Violation } from './source-files.ts'

const shared = ['contracts', 'db', 'queue', 'search', 'thesaurus', 'matcher']

/** Who may import whom, by folder name. Services may import what `services` says and never each other; `infra` everything. */
export const allowedImports: Record<string, readonly string[]> = {
  contracts: [],
  db: ['contracts'],
  queue: ['contracts'],
  search: ['contracts'],
  thesaurus: ['contracts'],
  matcher: ['contracts', 'thesaurus'],
  'service-kit': shared,
  'library-kit': [...shared, 'service-kit'],
  client: ['contracts'],
  testing: ['contracts', 'db', 'queue', 'search'],
  services: [...shared, 'service-kit', 'library-kit']
}

export type Manifest = {
  /** `packages/db`, `services/gateway`, `infra` or, for the root, ''. */
  folder: string
  name: string
  dependencies: string[]
  devDependencies: string[]
}

export function readManifest({ path, text }: SourceFile): Manifest {
  const {
    name = '',
    dependencies = {},
    devDependencies = {}
  } = JSON.parse(text) as {
    name?: string
    dependencies?: Record<string, string>
    devDependencies?: Record<string, string>
  }
  const folder = path.replace(/\/?package\.json$/, '')
  return { folder, name, dependencies: Object.keys(dependencies), devDependencies: Object.keys(devDependencies) }
}

/** Dependencies between our packages that the graph does not allow. */
export function forbiddenDependencies(manifest: Manifest): Violation[] {
  const forbidden = (names: string[], extra: string[]) =>
    names.flatMap((name) => {
      const target = ours(name)
      return target && !mayImport(manifest.folder, target) && !extra.includes(target) ? [`must not depend on ${name}`] : []
    })
  return [...forbidden(manifest.dependencies, []), ...forbidden(manifest.devDependencies, ['testing'])].map((what) => ({
    path: `${manifest.folder}/package.json`,
    line: 1,
    what
  }))
}

/** Imports the graph does not allow, that leave the package by a path, or that the package does not declare. */
export function forbiddenImports(file: SourceFile, manifests: Manifest[]): Violation[] {
  const manifest = manifests
    .filter(({ folder }) => folder === '' || file.path.startsWith(`${folder}/`))
    .sort((a, b) => b.folder.length - a.folder.length)[0]
  if (!manifest || manifest.folder === '') return []
  return importsOf(file).flatMap(({ specifier, line }) => {
    const what = judgeImport(specifier, file, manifest)
    return what ? [{ path: file.path, line, what }] : []
  })
}

function judgeImport(specifier: string, file: SourceFile, manifest: Manifest): string | undefined {
  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(file.path), specifier)
    const isInside = target.startsWith(`${manifest.folder}/`)
    return isInside ? undefined : `imports ${specifier}, a file of another package; import the package by its name`
  }
  if (specifier.startsWith('node:') || specifier.startsWith('file:')) return undefined
  if (isBuiltin(specifier)) return `imports ${specifier} without node:`
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
  const target = ours(name)
  const forTests = isTest(file.path) && !file.path.startsWith('packages/testing/src/')
  if (target === 'testing' && !forTests && manifest.folder !== 'infra') return 'imports @siku/testing outside of a test'
  if (target && target !== 'testing' && !mayImport(manifest.folder, target)) return `must not import ${name}`
  const declared = [
    manifest.name,
    ...manifest.dependencies,
    ...(forTests || manifest.folder === 'infra' ? [...manifest.devDependencies, ...toolsOfRoot] : [])
  ]
  return declared.includes(name) || declared.includes(`@types/${name}`)
    ? undefined
    : `imports ${name}, which ${manifest.name} does not declare`
}

// Installed once for every test, at the root.
const toolsOfRoot = ['tap', 'tsx', 'typescript']

function ours(name: string): string | undefined {
  return name.startsWith('@siku/') ? name.slice('@siku/'.length) : undefined
}

function mayImport(folder: string, target: string): boolean {
  if (folder === 'infra') return true
  const [kind, own = ''] = folder.split('/')
  if (target === own) return true
  return (allowedImports[kind === 'services' ? 'services' : own] ?? []).includes(target)
}

export function importsOf(file: SourceFile): { specifier: string; line: number }[] {
  const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.ES2022, true)
  const found: { specifier: string; line: number }[] = []
  const add = (node: ts.Node | undefined) => {
    if (!node || !ts.isStringLiteralLike(node)) return
    found.push({ specifier: node.text, line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1 })
  }
  const look = (node: ts.Node) => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) add(node.moduleSpecifier)
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node.arguments[0])
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal)
    ts.forEachChild(node, look)
  }
  look(source)
  return found
}
