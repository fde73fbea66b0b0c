import { serviceActor, systemFields } from '@siku/contracts'
import type { Database } from '@siku/db'
import { sql } from 'drizzle-orm'
import { schemaAt, type Document, type Schema } from '../support/openapi.ts'

type Path = (string | number)[]
export type Injection = { name: string; where: string; body?: unknown; query?: string }

const schemas = [
  'project_results',
  'technology_reserve',
  'cooperation_demand',
  'platform_institutions',
  'matching',
  'gateway',
  'published',
  'work'
]

/** Every name under which the platform keeps something of its own: columns, as they are and as a program would call them, and system fields. */
export async function serverOwnedNames(owner: Database): Promise<string[]> {
  const rows = await owner.withRead(serviceActor('service:index', 'names'), (tx) =>
    tx.execute<{ name: string }>(sql`
    select distinct column_name as name from information_schema.columns
    where table_schema in (select jsonb_array_elements_text(${JSON.stringify(schemas)}::jsonb)) order by 1`)
  )
  const columns = [...rows].map(({ name }) => name)
  const camel = columns.map((name) => name.replaceAll(/_([a-z0-9])/g, (_whole, letter: string) => letter.toUpperCase()))
  return [
    ...new Set([...Object.keys(systemFields), ...camel, ...columns, 'organisationId', 'verified', 'roles', '__proto__', 'constructor'])
  ]
}

export type Injectable = { document: Document; schema: Schema | undefined; body: unknown; queryNames: readonly string[] }

/** One request for each server-owned name and each place it can be put; places where the contract knows the name are left out. */
export function injectionsFor(names: readonly string[], { document, schema, body, queryNames }: Injectable): Injection[] {
  const isJson = !Buffer.isBuffer(body)
  const places = isJson ? objectsIn(body ?? {}) : []
  const inBody = names.flatMap((name, index) => {
    const [top, ...nested] = places.filter((path) => schema === undefined || schemaAt(document, schema, [...path, name]) === undefined)
    // Every name on top, and each in turn further down: all places see many names, all names several places.
    const chosen = [...(top ? [top] : []), ...(nested.length > 0 ? [nested[index % nested.length] as Path] : [])]
    return chosen.map((path): Injection => ({ name, where: `body /${path.join('/')}`, body: withField(body ?? {}, path, name) }))
  })
  const inQuery = names
    .filter((name) => !queryNames.includes(name))
    .map((name): Injection => ({
      name,
      where: 'query',
      query: `${encodeURIComponent(name)}=${encodeURIComponent(String(valueFor(name)))}`
    }))
  const inList = isJson ? [{ name: 'the whole', where: 'a list', body: [withField(body ?? {}, [], 'state')] }] : []
  return [...inBody, ...inQuery, ...inList]
}

/** Paths of all objects in a value, the outermost first. */
function objectsIn(value: unknown, path: Path = []): Path[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => objectsIn(item, [...path, index]))
  if (typeof value !== 'object' || value === null) return []
  return [path, ...Object.entries(value).flatMap(([name, inner]) => objectsIn(inner, [...path, name]))]
}

/** As JSON text, because a program could not otherwise say `__proto__`. */
function withField(body: unknown, path: Path, name: string): string {
  const copy: unknown = structuredClone(body)
  let at = copy as Record<string | number, unknown>
  for (const step of path) at = at[step] as Record<string | number, unknown>
  at['@injected'] = valueFor(name)
  return JSON.stringify(copy).replace('"@injected"', JSON.stringify(name))
}

/** Something that the platform could keep under this name. */
export function valueFor(name: string): unknown {
  if (/(id|Id|into|Into|organisation)$/.test(name)) return '0b000000-0000-4000-8000-000000000001'
  if (/(version|revision|Version|Revision|renewals|position|size|ordinal|millionths|Millionths)$/.test(name)) return 9
  if (/(at|At|until|Until)$/.test(name)) return '2030-01-01T00:00:00.000Z'
  if (/(countries|Countries|keys|Keys|authors|roles|notes|Notes)$/.test(name)) return ['KE']
  return /^(verified|uncleared|changed|tombstone|exposed)$/.test(name) ? true : 'published'
}
