import type { Static, TObject, TSchema } from 'typebox'
import { StartError } from './errors.ts'
import { nearest, sentenceOf } from './sentences.ts'
import { createAjv } from './validators.ts'

export type Environment = Record<string, string | undefined>

type Property = TSchema & {
  type?: string
  default?: string | number | boolean
  description?: string
  examples?: string[]
  enum?: readonly unknown[]
  format?: string
}

export type ReadConfigOptions = {
  /** Settings of other processes that share the environment: known, and not for this one. */
  alsoKnown?: readonly string[]
}

/**
 * Reads a process's settings from the environment. Text is turned into numbers and booleans where the schema asks for them and nowhere
 * else; an empty value counts as absent; whatever is wrong is named in one message with what would be right.
 */
export function readConfig<T extends TObject>(schema: T, env: Environment, { alsoKnown = [] }: ReadConfigOptions = {}): Static<T> {
  const properties = schema.properties as Record<string, Property>
  const given = Object.fromEntries(
    Object.entries(properties).flatMap(([name, property]) => {
      const text = env[name]
      return text === undefined || text === '' ? [] : [[name, fromText(text, property)]]
    })
  )
  const faults = [...unknownNames(env, [...Object.keys(properties), ...alsoKnown]), ...invalidValues(schema, given)]
  if (faults.length > 0)
    throw new StartError('SIKU_CONFIG_INVALID', `Settings are not right:\n${faults.map((fault) => `  ${fault}`).join('\n')}`)
  return given as Static<T>
}

/** The same for `main.ts`: what is wrong is said in plain words on standard error, without a stack. */
export function readConfigOrExit<T extends TObject>(schema: T, options: ReadConfigOptions = {}): Static<T> {
  try {
    return readConfig(schema, process.env, options)
  } catch (error) {
    if (!(error instanceof StartError)) throw error
    process.stderr.write(`${error.message}\n`)
    return process.exit(1)
  }
}

/** What does not read as the type asked for is left as text, so that validation can say what it is. */
function fromText(text: string, { type }: Property): unknown {
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text
  if (type === 'integer' || type === 'number') return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text
  return text
}

function unknownNames(env: Environment, known: readonly string[]): string[] {
  return Object.keys(env)
    .filter((name) => name.startsWith('SIKU_') && !known.includes(name))
    .map((name) => {
      const meant = nearest(name, known)
      return `${name} is not a setting of this process${meant === undefined ? '; remove it' : `; did you mean ${meant}?`}`
    })
}

/** Fills defaults into `given` on the way. Values are not repeated: a setting may be a secret. */
function invalidValues(schema: TObject, given: Record<string, unknown>): string[] {
  const validate = createAjv({ useDefaults: true }).compile(schema)
  if (validate(given)) return []
  const properties = schema.properties as Record<string, Property>
  const names = (validate.errors ?? []).map((error) => {
    const name = error.keyword === 'required' ? String(error.params.missingProperty) : (error.instancePath.split('/')[1] ?? '')
    const sentence =
      error.keyword === 'required' ? 'is missing' : sentenceOf({ ...error, parentSchema: {} }).replace(/; this one (is|has) .*$/s, '')
    return `${name} ${sentence}${meaningOf(properties[name])}`
  })
  return [...new Set(names)]
}

function meaningOf({ description, examples }: Pick<Property, 'description' | 'examples'> = {}): string {
  const example = examples?.[0] === undefined ? '' : `, such as ${examples[0]}`
  return description === undefined ? example : `: ${description}${example}`
}

export type ConfigRow = {
  name: string
  type: string
  required: boolean
  default: string | null
  description: string
  example: string | null
}

/** One row for each setting, for the generated environment page. */
export function describeConfig(schema: TObject): ConfigRow[] {
  const required = new Set((schema as { required?: readonly string[] }).required ?? [])
  return Object.entries(schema.properties as Record<string, Property>).map(([name, property]) => ({
    name,
    type: property.enum ? property.enum.join(' | ') : property.format === 'uri' ? 'URL' : (property.type ?? 'text'),
    required: required.has(name) && property.default === undefined,
    default: property.default === undefined ? null : String(property.default),
    description: property.description ?? '',
    example: property.examples?.[0] ?? null
  }))
}
