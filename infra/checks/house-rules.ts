import ts from 'typescript'
import { isTest } from './source-files.ts'
import type { SourceFile, Violation } from './source-files.ts'

const edgeNames = ['main.ts', 'config.ts', 'clock.ts']

/** Time, chance, identity and settings come in through the edge, so that everything behind it can be tested. */
export function isEdge(path: string): boolean {
  return path.startsWith('infra/') || isTest(path) || edgeNames.includes(path.split('/').at(-1) ?? '')
}

const outsideWorld: Record<string, string> = {
  'process.env': 'reads process.env; settings belong in config.ts',
  'Date.now': 'reads the clock; take now() from the context',
  'Math.random': 'draws by chance; pass the draw in',
  'crypto.randomUUID': 'makes an id; take newId() from the context'
}

export function outsideWorldUses(file: SourceFile): Violation[] {
  if (isEdge(file.path)) return []
  return visit(file, (node) => {
    if (ts.isPropertyAccessExpression(node)) return outsideWorld[node.getText().replace('globalThis.', '')]
    if (ts.isCallExpression(node) && node.expression.getText() === 'randomUUID') return outsideWorld['crypto.randomUUID']
    const isNow = (ts.isNewExpression(node) && !node.arguments?.length) || (ts.isCallExpression(node) && !node.arguments.length)
    return isNow && (node as ts.NewExpression).expression.getText() === 'Date' ? outsideWorld['Date.now'] : undefined
  })
}

const transactions = /^(sql|client|connection|postgres)$/

/** Whoever begins a transaction otherwise can end up inside another request's after a lost connection. */
export function foreignTransactions(file: SourceFile): Violation[] {
  // Tests show what goes wrong without withTx.
  if (isTest(file.path)) return []
  return visit(file, (node) => {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined
    const called = node.expression.name.text
    const on = node.expression.expression.getText()
    if (called === 'transaction') return 'calls .transaction(); use withTx'
    return called === 'begin' && transactions.test(on.split('.').at(-1) ?? '') ? `calls ${on}.begin(); use withTx` : undefined
  })
}

/** The kit serves any library: one that knows a name is a copy in the making. */
export function libraryNamesInKit(file: SourceFile, names: readonly string[]): Violation[] {
  if (!file.path.startsWith('packages/library-kit/src/')) return []
  return matchingLines(file, (line) => {
    const name = names.find((candidate) => mentions(line, candidate))
    return name && `knows the library ${name}`
  })
}

function mentions(line: string, name: string): boolean {
  const words = name.split('-')
  const camel = words.map((word, index) => (index === 0 ? word : word[0]?.toUpperCase() + word.slice(1))).join('')
  return [name, words.join('_'), camel].some((form) => line.toLowerCase().includes(form.toLowerCase()))
}

export const linesMax = 250

export function tooLong(file: SourceFile): Violation[] {
  const isCounted = /(^|\/)src\//.test(file.path) || (file.path.startsWith('infra/') && !isTest(file.path))
  const isTable = /\/(data|vocabularies|sample|profiles)\//.test(file.path)
  const lines = file.text.trimEnd().split('\n').length
  if (!isCounted || isTable || lines <= linesMax) return []
  return [
    { path: file.path, line: lines, what: `has ${lines} lines; at most ${linesMax} are read with pleasure, so split it by what it says` }
  ]
}

const unfinished = /\b(TODO|FIXME|XXX|HACK)\b/

export function unfinishedWork(file: SourceFile): Violation[] {
  return matchingLines(file, (line) => (unfinished.test(line) ? 'leaves work for later; finish it or take it out' : undefined))
}

const homes = /(^|[\s'"`(=:])\/(home\/\w|Users\/\w|root\/|work\/|farm\/)/
const registries = /https?:\/\/[^\s'"]*(registry|npmmirror|verdaccio|artifactory|nexus)[^\s'"]*/i

/** What only one machine knows does not belong into the project. */
export function machineTraces(file: SourceFile): Violation[] {
  return matchingLines(file, (line) => {
    if (homes.test(line)) return 'names a path of one machine'
    return registries.test(line) ? 'names a package registry' : undefined
  })
}

function matchingLines(file: SourceFile, judge: (line: string) => string | undefined): Violation[] {
  return file.text.split('\n').flatMap((text, index) => {
    const what = judge(text)
    return what ? [{ path: file.path, line: index + 1, what }] : []
  })
}

function visit(file: SourceFile, judge: (node: ts.Node) => string | undefined): Violation[] {
  const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.ES2022, true)
  const found: Violation[] = []
  const look = (node: ts.Node) => {
    const what = judge(node)
    if (what) found.push({ path: file.path, line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1, what })
    ts.forEachChild(node, look)
  }
  look(source)
  return found
}
