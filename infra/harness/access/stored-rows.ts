import { serviceActor } from '@siku/contracts'
import { sql } from 'drizzle-orm'
import type { Places } from '../support/places.ts'

const actor = serviceActor('service:index', 'see')

/** A hash over all that is stored of some objects: what nobody may change must be the same afterwards. */
export async function storedRows(
  { owner }: Places,
  tables: readonly { name: string; key: string }[],
  ids: readonly string[]
): Promise<Record<string, unknown>[]> {
  const wanted = sql`(select (jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))::uuid)`
  return owner.withRead(actor, async (tx) => {
    const found: Record<string, unknown>[] = []
    for (const { name, key } of tables) {
      const [schema = '', table = ''] = name.split('.')
      const [row] =
        await tx.execute(sql`select ${name} as name, count(*)::int as rows, md5(coalesce(string_agg(to_jsonb(one)::text, '' order by to_jsonb(one)::text), '')) as hash
        from ${sql.identifier(schema)}.${sql.identifier(table)} one where ${sql.identifier(key)} in ${wanted}`)
      if (row) found.push(row)
    }
    return found
  })
}

export const libraryTables = (schemaName: string) => [
  { name: `${schemaName}.record`, key: 'id' },
  { name: 'published.document', key: 'id' },
  ...['version', 'file', 'contact', 'control_decision'].map((table) => ({ name: `${schemaName}.${table}`, key: 'record_id' }))
]

export const matchTables = [
  { name: 'matching.match', key: 'id' },
  { name: 'matching.decision', key: 'match_id' },
  { name: 'matching.duplicate', key: 'id' },
  { name: 'matching.thesaurus_change', key: 'id' }
]
