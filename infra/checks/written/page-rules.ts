import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../dev/embedded/run-typescript.mjs'

const topLevel = /^(services|packages|infra)\/|^(docker-compose\.yml|pnpm-workspace\.yaml|package\.json)$/

/** Paths of the project that a page names in backticks and that are not there; a star stands for whatever is there. */
export const absentPaths = (text: string): string[] =>
  [...text.matchAll(/`([^`\s]+)`/g)].flatMap(([, path = '']) => {
    if (!topLevel.test(path)) return []
    return existsSync(join(root, path.replace(/\/?[^/]*[*<].*$/, ''))) ? [] : [path]
  })

/** `npm run x` and `npm run siku -- x` that a page tells people to type and that do not exist. */
export function absentCommands(text: string, scripts: readonly string[], commands: readonly string[]): string[] {
  const asked = [...text.matchAll(/npm (?:run )?([a-z:]+)(?: -- ([a-z][a-z-]*(?: [a-z][a-z-]*)?))?/g)]
  return asked.flatMap(([whole, script = '', command = '']) => {
    if (script === 'install' || script === 'run') return []
    if (!scripts.includes(script)) return [whole]
    if (script !== 'siku' || command === '') return []
    const known = commands.some((name) => name === command || name === command.split(' ')[0])
    return known ? [] : [whole]
  })
}

/** Rows of the first Markdown table below a heading, without its header. */
export function tableBelow(text: string, heading: string): string[][] {
  const rest = text.slice(text.indexOf(heading) + heading.length)
  const lines = rest.split('\n')
  const first = lines.findIndex((line) => line.startsWith('|'))
  if (first < 0) return []
  const rows = lines.slice(first)
  const end = rows.findIndex((line) => !line.startsWith('|'))
  return rows.slice(2, end < 0 ? undefined : end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim())
  )
}

/** Packages without a line, lines without a package, and lines without a reason. */
export function dependencyFaults(page: string, used: readonly string[]): string[] {
  const rows = [...tableBelow(page, '## What runs'), ...tableBelow(page, '## What builds and tests')]
  const told = new Map(rows.map(([name = '', reason = '']) => [name.replaceAll('`', ''), reason]))
  return [
    ...used.filter((name) => !told.has(name)).map((name) => `${name} is used and not explained`),
    ...[...told.keys()].filter((name) => !used.includes(name)).map((name) => `${name} is explained and not used`),
    ...[...told].filter(([, reason]) => reason.length < 10).map(([name]) => `${name} has no reason`)
  ]
}

const sections = ['**Question.**', '**Choice.**', '**Consequences.**', '**How it is checked.**']

/** A decision says what was asked, what else there was, what follows, and how one would notice that it no longer holds. */
export function decisionFaults(text: string): string[] {
  const options = /\*\*(Options\.|What was found\.)\*\*/.test(text) ? [] : ['says no options']
  const checked = text.slice(text.indexOf('**How it is checked.**'))
  return [
    ...sections.filter((section) => !text.includes(section)).map((section) => `lacks ${section}`),
    ...options,
    ...(/`[^`]+\.test\.ts`|`[^`]+conformance\.ts`/.test(checked) ? [] : ['names no test']),
    ...absentPaths(text).map((path) => `names ${path}, which is not there`)
  ]
}
