import fc, { type Arbitrary } from 'fast-check'
import { oddTexts } from './odd-values.ts'
import { resolved, type Document, type Schema } from '../support/openapi.ts'

const listMax = 3
const textMax = 40

/** Values that a schema of the OpenAPI document allows, its limits included. */
export function validValue(document: Document, schema: Schema): Arbitrary<unknown> {
  const here = resolved(document, schema)
  const choices = here.anyOf ?? here.oneOf
  if (choices !== undefined) return fc.oneof(...choices.map((choice) => validValue(document, choice)))
  if (here.enum !== undefined) return fc.constantFrom(...here.enum)
  if (here.const !== undefined) return fc.constant(here.const)
  switch ([here.type].flat()[0]) {
    case 'string':
      return validText(here)
    case 'integer':
      return fc.integer(rangeOf(here))
    case 'number':
      return fc.double({ ...rangeOf(here), noNaN: true, noDefaultInfinity: true })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      return validList(document, here)
    case 'object':
      return validObject(document, here)
    default:
      return fc.constant({})
  }
}

const rangeOf = ({ minimum, maximum, exclusiveMinimum }: Schema) => ({
  min: minimum ?? (exclusiveMinimum === undefined ? -1000 : exclusiveMinimum + 1),
  max: maximum ?? 1_000_000
})

function validText({ format, pattern, minLength = 0, maxLength = 100 }: Schema): Arbitrary<string> {
  if (format === 'uuid') return fc.uuid()
  if (format === 'date') return days
  if (format === 'date-time')
    return fc.date({ min: new Date('1990-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }).map((at) => at.toISOString())
  if (format === 'uri') return fc.webUrl().filter((url) => url.length <= maxLength)
  if (format === 'email') return fc.constantFrom('a@example.org', 'first.last+tag@example.org')
  if (pattern !== undefined)
    return fc.stringMatching(new RegExp(pattern)).filter((text) => [...text].length >= minLength && [...text].length <= maxLength)
  const short = fc
    .string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, textMax) })
    .filter((text) => [...text].length >= minLength && [...text].length <= maxLength)
  const odd = fc.constantFrom(
    ...oddTexts.filter(
      (text) => text.isWellFormed() && !text.includes('\0') && [...text].length >= minLength && [...text].length <= maxLength
    )
  )
  const full = fc.constantFrom('水', 'a', '𠀀', 'م').map((char) => char.repeat(maxLength))
  return fc.oneof({ weight: 4, arbitrary: short }, { weight: 5, arbitrary: odd }, { weight: 1, arbitrary: full })
}

const days = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10))

function validList(document: Document, { items = {}, minItems = 0, maxItems = listMax, uniqueItems }: Schema): Arbitrary<unknown[]> {
  const item = validValue(document, items)
  const size = { minLength: minItems, maxLength: Math.max(minItems, Math.min(maxItems, listMax)) }
  return uniqueItems ? fc.uniqueArray(item, { ...size, selector: (value) => JSON.stringify(value) }) : fc.array(item, size)
}

function validObject(document: Document, { properties = {}, required = [] }: Schema): Arbitrary<Record<string, unknown>> {
  const fields = Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, validValue(document, schema)]))
  return fc.record(fields, { requiredKeys: required.filter((name) => name in fields), noNullPrototype: true })
}
