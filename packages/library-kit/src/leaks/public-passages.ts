import type { Draft, FieldClass } from '@siku/contracts'
import type { Library } from '../define-library.ts'
import { draftSchema } from '../draft-schema.ts'
import { projectFields } from '../project-fields.ts'

type Schema = { properties?: Record<string, Schema>; items?: Schema; enum?: unknown[]; pattern?: string; format?: string }

/** A text under its pointer; `read` where it is searched in another form of the same length. */
export type Passage = { pointer: string; text: string; read?: string }

const publicOnly: ReadonlySet<FieldClass> = new Set(['public'])
const codeFormats = ['date', 'date-time', 'uuid']

/**
 * Every text of a draft that readers get, each under its JSON pointer, whether or not the index meets it: a name in a table of figures
 * tells as much as one in the title. Codes, days and ids are left out.
 */
export function publicPassages(library: Library, draft: Draft): Passage[] {
  const schema = draftSchema(library)
  return textsOf(schema, projectFields(schema, draft, publicOnly).value, '')
}

function textsOf(schema: Schema, value: unknown, pointer: string): Passage[] {
  if (typeof value === 'string') return isCode(schema) ? [] : [{ pointer, text: value }]
  if (value === null || typeof value !== 'object') return []
  if (Array.isArray(value)) return value.flatMap((item, index) => textsOf(schema.items ?? {}, item, `${pointer}/${index}`))
  return Object.entries(value).flatMap(([name, field]) => textsOf(schema.properties?.[name] ?? {}, field, `${pointer}/${name}`))
}

const isCode = ({ enum: codes, pattern, format = '' }: Schema) =>
  codes !== undefined || pattern !== undefined || codeFormats.includes(format)
