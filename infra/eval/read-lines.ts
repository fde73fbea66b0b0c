import { existsSync, readFileSync } from 'node:fs'
import type { Static, TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { CollectionError } from './errors.ts'

export type Line = { text: string; place: string }

/** The lines of a file that hold anything, each with its place for a message. */
export function linesOf(file: string): Line[] {
  if (!existsSync(file))
    throw new CollectionError(`${file} is not there; a collection has technologies.jsonl, demands.jsonl and qrels.tsv.`)
  const lines = readFileSync(file, 'utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
  return lines.map((text, at) => ({ text, place: `${file}, line ${at + 1}` })).filter(({ text }) => text.trim() !== '')
}

/** JSON lines of one shape; anything else is refused with its place. */
export function readJsonLines<T extends TSchema>(file: string, schema: T): Static<T>[] {
  const check = Compile(schema)
  return linesOf(file).map(({ text, place }) => {
    const value = parse(text, place)
    if (check.Check(value)) return value
    const [fault] = check.Errors(value)
    throw new CollectionError(`${place}: ${fault?.instancePath || 'the line'} ${fault?.message ?? 'is not as it should be'}.`)
  })
}

function parse(text: string, place: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new CollectionError(`${place} is not JSON; every line holds one object.`)
  }
}

export function refuseRepeated(lines: readonly { id: string }[], kind: string): void {
  const seen = new Set<string>()
  for (const { id } of lines) {
    if (seen.has(id)) throw new CollectionError(`The ${kind} '${id}' is there twice; every id must be there once.`)
    seen.add(id)
  }
}
