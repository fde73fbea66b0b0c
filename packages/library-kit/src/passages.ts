/**
 * The public text fields of the details, each under its JSON pointer; lists give one passage an item. Empty and absent ones are left out.
 */
export function passages(details: Record<string, unknown>, fields: readonly string[]): { field: string; text: string }[] {
  return fields.flatMap((field) => passagesAt(details, field.split('/'), '/details'))
}

function passagesAt(value: unknown, path: string[], pointer: string): { field: string; text: string }[] {
  const [name, ...rest] = path
  if (name === undefined) return typeof value === 'string' && value !== '' ? [{ field: pointer, text: value }] : []
  if (name === '*') return Array.isArray(value) ? value.flatMap((item, index) => passagesAt(item, rest, `${pointer}/${index}`)) : []
  if (value === null || typeof value !== 'object') return []
  return passagesAt((value as Record<string, unknown>)[name], rest, `${pointer}/${name}`)
}
