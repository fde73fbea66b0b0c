/** JSON that changes only where its meaning does: keys of every object in order, lists as they are, a line feed at the end. */
export const stableJson = (value: unknown): string => `${JSON.stringify(sorted(value), null, 2)}\n`

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined)
  return Object.fromEntries(entries.toSorted(([a], [b]) => compare(a, b)).map(([key, inner]) => [key, sorted(inner)]))
}

/** By code unit, so that no locale of a machine changes the file. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
