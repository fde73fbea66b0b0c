import type { ErrorObject } from 'ajv'

const listedMax = 40
const echoedMax = 60

/** What is wrong with a value and what would be right, for each JSON Schema keyword our schemas use. */
export function sentenceOf(error: ErrorObject): string {
  return (sentences[error.keyword] ?? fallback)(error)
}

type Sentence = (error: ErrorObject) => string

const fallback: Sentence = ({ message, parentSchema }) => `${message ?? 'does not fit'}${meaning(parentSchema)}`

const sentences: Record<string, Sentence> = {
  required: () => 'is required; add it',
  additionalProperties: ({ params, parentSchema }) => `is not a field here${suggestion(String(params.additionalProperty), parentSchema)}`,
  type: ({ params, data, parentSchema }) => `must be ${typeNames(params.type)}; this one is ${nameOf(data)}${meaning(parentSchema)}`,
  enum: ({ params, data }) => `must be one of ${listed(params.allowedValues)}; this one is ${echo(data)}`,
  const: ({ params, data }) => `must be ${echo(params.allowedValue)}; this one is ${echo(data)}`,
  maxLength: ({ params, data }) => `must be at most ${params.limit} characters; this one has ${codePoints(data)}`,
  minLength: ({ params, data }) =>
    params.limit === 1 ? 'must not be empty' : `must be at least ${params.limit} characters; this one has ${codePoints(data)}`,
  pattern: ({ params, parentSchema }) => `must match ${params.pattern}${meaning(parentSchema)}`,
  format: ({ params }) => formats[String(params.format)] ?? `must be in the form ${params.format}`,
  minimum: ({ params, data }) => `must be at least ${params.limit}; this one is ${echo(data)}`,
  maximum: ({ params, data }) => `must be at most ${params.limit}; this one is ${echo(data)}`,
  exclusiveMinimum: ({ params, data }) => `must be more than ${params.limit}; this one is ${echo(data)}`,
  exclusiveMaximum: ({ params, data }) => `must be less than ${params.limit}; this one is ${echo(data)}`,
  multipleOf: ({ params }) => `must be a multiple of ${params.multipleOf}`,
  minItems: ({ params, data }) => `must hold at least ${params.limit} items; this one has ${sizeOf(data)}`,
  maxItems: ({ params, data }) => `must hold at most ${params.limit} items; this one has ${sizeOf(data)}`,
  uniqueItems: ({ params }) => `must not hold the same item twice; items ${params.j} and ${params.i} are the same`,
  minProperties: ({ params }) => `must hold at least ${params.limit} fields`,
  maxProperties: ({ params }) => `must hold at most ${params.limit} fields`,
  anyOf: ({ parentSchema }) => `fits none of the forms it may take${meaning(parentSchema)}`,
  oneOf: ({ parentSchema }) => `must fit exactly one of the forms it may take${meaning(parentSchema)}`
}

const formats: Record<string, string> = {
  date: 'must be a day of the calendar as YYYY-MM-DD, such as 2026-03-31',
  'date-time': 'must be an instant with its offset, such as 2026-03-31T09:30:00Z',
  email: 'must be a mail address, such as name@example.org',
  uuid: 'must be a UUID, such as 01890a5d-ac96-774b-bcce-b302099a8057',
  uri: 'must be an absolute URI, such as https://example.org/page'
}

/** The schema's own description and first example: what its author says would be right. */
function meaning(schema: unknown): string {
  const { description, examples } = (schema ?? {}) as { description?: string; examples?: unknown[] }
  const example = examples?.[0] === undefined ? '' : `such as ${echo(examples[0])}`
  const parts = [description, example].filter(Boolean)
  return parts.length > 0 ? ` (${parts.join(', ')})` : ''
}

function suggestion(field: string, schema: unknown): string {
  const known = Object.keys((schema as { properties?: object })?.properties ?? {})
  const near = nearest(field, known)
  if (near !== undefined) return `; did you mean ${near}?`
  return known.length > 0 ? `; known are ${listed(known)}` : '; none are taken'
}

/** The known name within two edits (or differing in case and separators only). */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[-_]/g, '')
  if (word.length > 64) return undefined
  const ranked = known.map((name) => ({ name, edits: editDistance(plain(word), plain(name)) })).sort((a, b) => a.edits - b.edits)
  const best = ranked[0]
  return best !== undefined && best.edits <= 2 && best.edits < word.length / 2 ? best.name : undefined
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, change))
    }
    row = next
  }
  return row[b.length] ?? 0
}

const listed = (values: unknown[]): string => {
  const shown = values.slice(0, listedMax).map(String).join(', ')
  return values.length > listedMax ? `${shown} and ${values.length - listedMax} more` : shown
}

const typeNames = (type: unknown): string =>
  [type]
    .flat()
    .map((one) => articles[String(one)] ?? String(one))
    .join(' or ')

const articles: Record<string, string> = {
  string: 'a string',
  number: 'a number',
  integer: 'an integer',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null'
}

const nameOf = (value: unknown): string => {
  if (value === undefined) return 'absent'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  return articles[typeof value] ?? typeof value
}

const echo = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'absent')
  return text.length > echoedMax ? `${text.slice(0, echoedMax).toWellFormed()}…` : text
}

const codePoints = (value: unknown): number => (typeof value === 'string' ? [...value].length : 0)
const sizeOf = (value: unknown): number => (Array.isArray(value) ? value.length : 0)
