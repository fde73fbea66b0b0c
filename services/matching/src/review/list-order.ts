import { sql, type SQL } from 'drizzle-orm'
import type { CursorKey } from './cursor.ts'
import { priorityKey, type PriorityRules } from './priority-rules.ts'
import type { Reader } from './reader.ts'
import type { SortOrder } from './schemas.ts'

/** How a list is ordered: `by` as a query sorts, `shown` as a cursor carries it, and the priorities where they count. */
export type ListOrder = { kind: 'number' | 'string'; by: SQL; shown: SQL; direction: SQL; cast: SQL; rules: PriorityRules | undefined }

type Columns = { strength: SQL; since: SQL; points: SQL }

/** Priorities order the queue of staff only; where there are none, strength does. */
export function listOrder(
  sort: SortOrder,
  { view }: Reader,
  { columns, rules }: { columns: Columns; rules: PriorityRules | undefined }
): ListOrder {
  if (sort === 'age') {
    const shown = sql`to_char(${columns.since} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
    return { kind: 'string', by: columns.since, shown, direction: sql`asc`, cast: sql`timestamptz`, rules: undefined }
  }
  const descending = { kind: 'number', direction: sql`desc` } as const
  if (sort === 'priority' && view === 'staff' && rules) {
    const by = priorityKey(columns.points, columns.strength)
    return { ...descending, by, shown: by, cast: sql`float8`, rules }
  }
  return { ...descending, by: columns.strength, shown: columns.strength, cast: sql`int`, rules: undefined }
}

/** What comes after the place where the last page ended; lines that are equal stand by id. */
export function afterPlace({ kind, by, cast }: ListOrder, [at, last]: CursorKey, id: SQL): SQL {
  const further = kind === 'number' ? sql`${by} < ${at}::${cast}` : sql`${by} > ${at}::${cast}`
  return sql`(${further} or (${by} = ${at}::${cast} and ${id} > ${last}::uuid))`
}
