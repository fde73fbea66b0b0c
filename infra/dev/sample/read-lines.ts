import { readFileSync } from 'node:fs'
import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { resolveDates } from './resolve-dates.ts'

export class SampleInvalidError extends Error {
  readonly code = 'SIKU_INFRA_SAMPLE_INVALID'
}

export type Line<T> = { place: string; value: T }

/** Reads one JSON object a line, dates made absolute, and refuses the first that does not fit, naming file and line. */
export function readLines<T extends TSchema>(file: URL, schema: T, today: Date): Line<Static<T>>[] {
  const name = file.pathname.split('/').at(-1)
  return readFileSync(file, 'utf8').split('\n').flatMap((text, index) => {
    if (text.trim() === '') return []
    const place = `${name} line ${index + 1}`
    return [{ place, value: checked(schema, resolveDates(parsed(text, place), today), place) }]
  })
}

function parsed(text: string, place: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new SampleInvalidError(`${place} must hold one JSON object: ${cause instanceof Error ? cause.message : String(cause)}.`, { cause })
  }
}

function checked<T extends TSchema>(schema: T, value: unknown, place: string): Static<T> {
  if (Value.Check(schema, value)) return value
  const faults = Value.Errors(schema, value).map(({ instancePath, message }) => `${instancePath || '/'} ${message}`)
  throw new SampleInvalidError(`${place} does not fit its schema: ${faults.slice(0, 5).join('; ')}.`)
}
