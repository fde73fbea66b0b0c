import { serviceActor } from '@siku/contracts'
import type { Database } from '@siku/db'
import { sql } from 'drizzle-orm'
import { tokensIn, type Token, type TokenClass } from './tokens.ts'

/** What may stand in which schema; a schema that is not named holds ids and codes only. */
const allowed: Record<string, readonly TokenClass[]> = {
  published: ['public', 'uncleared'],
  matching: ['public', 'uncleared', 'match note']
}
/** Schemas whose tables are looked through whole; of the libraries only what remembers requests. */
const schemas = ['published', 'work', 'audit', 'bullmq', 'matching']

export type Stored = { tables: number; rows: number; found: string[] }

/** Looks through every row of the shared tables for tokens that must not be there. */
export async function scanStored(owner: Database, tokens: readonly Token[]): Promise<Stored> {
  const result: Stored = { tables: 0, rows: 0, found: [] }
  await owner.withRead(serviceActor('service:index', 'scan'), async (tx) => {
    const tables = await tx.execute<{ schema: string; name: string }>(sql`
      select table_schema as schema, table_name as name from information_schema.tables where table_type = 'BASE TABLE'
        and (table_schema in (select jsonb_array_elements_text(${JSON.stringify(schemas)}::jsonb)) or table_name = 'idempotency')`)
    for (const { schema, name } of tables) {
      const rows = await tx.execute<{ text: string }>(
        sql`select to_jsonb(one)::text as text from ${sql.identifier(schema)}.${sql.identifier(name)} one`
      )
      result.tables += 1
      result.rows += rows.length
      for (const { text } of rows) {
        for (const token of tokensIn(text, tokens)) {
          if (!allowed[schema]?.includes(token.kind) || name === 'idempotency')
            result.found.push(`${schema}.${name} holds ${token.what} (${token.kind})`)
        }
      }
    }
  })
  return { ...result, found: [...new Set(result.found)] }
}
