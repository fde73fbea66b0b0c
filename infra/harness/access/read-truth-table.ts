import { collectionOf } from '@siku/contracts'
import { readFileSync } from 'node:fs'

export type Cell = 'public' | 'composed' | 'all' | 'own' | 'open' | 'seen' | 'faced' | 'any' | 'self' | 'asked' | 'form' | 'door' | '-'
export type TruthLine = { method: string; route: string; when: readonly string[]; cellFor: (column: string, processName?: string) => Cell }

const cells: readonly string[] = ['public', 'composed', 'all', 'own', 'open', 'seen', 'faced', 'any', 'self', 'asked', 'form', 'door', '-']
const collections: readonly string[] = Object.values(collectionOf)
/** What the gateway passes on, whoever owns it. */
const passedOn: readonly string[] = [...collections, 'matches', 'duplicates', 'dossiers', 'gaps', 'thesaurus', 'pipeline']

/** The truth table as it stands in the file; a cell that says nothing known is an error of its own. */
export function readTruthTable(file: 'truth-table.tsv' | 'truth-table-gateway.tsv' = 'truth-table.tsv'): TruthLine[] {
  const [header = '', ...lines] = readFileSync(new URL(file, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
  const [, , , ...columns] = header.split('\t')
  return lines.map((line) => {
    const [method = '', route = '', when = '', ...row] = line.split('\t')
    if (row.length !== columns.length)
      throw new Error(`${method} ${route} has ${row.length} cells; the table has ${columns.length} columns`)
    const cellFor = (column: string, processName?: string) => {
      const text = row[columns.indexOf(column)]
      if (text === undefined) throw new Error(`the truth table has no column ${column}`)
      return readCell(text, processName)
    }
    return { method, route, when: when.split(' '), cellFor }
  })
}

/** `clock:faced` speaks of one background process and refuses the others. */
function readCell(text: string, processName: string | undefined): Cell {
  const [name, cell = name] = text.split(':')
  if (!cells.includes(cell ?? '')) throw new Error(`the truth table says ${text}, which means nothing`)
  if (text.includes(':') && processName !== `service:${name}`) return '-'
  return cell as Cell
}

/** The line for a route: one of its own, else the one that all libraries share. HEAD is GET without its body. */
export function lineFor(table: readonly TruthLine[], method: string, url: string): TruthLine | undefined {
  const asked = method === 'HEAD' ? 'GET' : method
  const path = url.length > 1 ? url.replace(/\/$/, '') : url
  const named = (among: readonly string[], as: string) =>
    path.replace(/^\/v1\/([a-z]+)/, (whole, name: string) => (among.includes(name) ? as : whole))
  return [path, named(collections, '/v1/{library}'), named(passedOn, '/v1/{service}')]
    .map((route) => table.find((line) => line.method === asked && line.route === route))
    .find((line) => line !== undefined)
}
