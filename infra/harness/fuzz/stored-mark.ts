import { serviceActor } from '@siku/contracts'
import { sql } from 'drizzle-orm'
import type { Door } from '../support/open-door.ts'

const actor = serviceActor('service:gateway', 'see')

/**
 * A mark of all that the gateway keeps, cheap enough to be taken around every request: how many rows, and by which transactions they were
 * written. Counters of failed attempts are left out, for a refusal counts there.
 */
export async function storedMark({ owner }: Pick<Door, 'owner'>): Promise<() => Promise<string>> {
  const tables = await owner.withRead(actor, (tx) =>
    tx.execute<{ schema: string; name: string }>(sql`
      select table_schema as schema, table_name as name from information_schema.tables
      where table_schema in ('gateway', 'audit') and table_name <> 'attempt' order by 1, 2`)
  )
  const marks = [...tables].map(
    ({ schema, name }) =>
      sql`(select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from ${sql.identifier(schema)}.${sql.identifier(name)})`
  )
  const all = sql.join(marks, sql`, `)
  return async () => {
    const [row] = await owner.withRead(actor, (tx) => tx.execute<{ mark: string }>(sql`select concat_ws(' ', ${all}) as mark`))
    return row?.mark ?? ''
  }
}
