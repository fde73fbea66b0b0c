import type { FieldClass } from '@siku/contracts'

type Schema = { properties?: Record<string, Schema>; items?: Schema; anyOf?: Schema[]; 'x-class'?: FieldClass }

/** What a value that may be null is made of when it is not. */
const shapeOf = (schema: Schema): Schema => schema.anyOf?.find((part) => part.properties ?? part.items) ?? schema

/**
 * Leaves out every field whose class the reader does not see, and says which: a missing field is either absent or listed in `hidden`,
 * never a null that could mean both.
 */
export function projectFields(schema: object, value: unknown, classes: ReadonlySet<FieldClass>): { value: unknown; hidden: string[] } {
  const hidden: string[] = []
  return { value: project(schema as Schema, value, '', { classes, hidden }), hidden }
}

type Reader = { classes: ReadonlySet<FieldClass>; hidden: string[] }

function project(schema: Schema, value: unknown, pointer: string, reader: Reader): unknown {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map((item, index) => project(shapeOf(schema).items ?? {}, item, `${pointer}/${index}`, reader))
  const kept: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(value)) {
    const inner = shapeOf(schema).properties?.[name] ?? {}
    if (field === undefined) continue
    if (isHidden(inner, reader.classes)) reader.hidden.push(`${pointer}/${name}`)
    else kept[name] = project(inner, field, `${pointer}/${name}`, reader)
  }
  return kept
}

const isHidden = (schema: Schema, classes: ReadonlySet<FieldClass>) => {
  const fieldClass = schema['x-class'] ?? schema.anyOf?.find((part) => part['x-class'])?.['x-class']
  return fieldClass !== undefined && !classes.has(fieldClass)
}
