import { StartError } from '@siku/service-kit'
import { readFileSync } from 'node:fs'
import { Value } from 'typebox/value'
import { Priorities } from './priorities-schema.ts'

/** Reads the priorities of a city's profile, such as infra/profiles/beijing/priorities.json; `none` is none, and a file that does not fit stops the start. */
export function readPriorities(file: string | undefined): Priorities | undefined {
  if (file === undefined || file === 'none') return undefined
  const value = parseFile(file)
  if (Value.Check(Priorities, value)) return value
  const [fault] = Value.Errors(Priorities, value)
  throw refused(file, `${fault?.instancePath || '/'} ${fault?.message}`)
}

function parseFile(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw refused(file, error instanceof Error ? error.message : String(error))
  }
}

const refused = (file: string, fault: string) =>
  new StartError(
    'SIKU_MATCHING_PRIORITIES_INVALID',
    `${file} holds no priorities (${fault}); mend it by the profile of a city, or set SIKU_PRIORITIES_FILE to none`
  )
