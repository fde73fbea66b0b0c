import { pageLimitDefault, type Language } from '@siku/contracts'
import type { Tx } from '@siku/db'
import { NotFound, type Context } from '@siku/service-kit'
import { sql, type SQL } from 'drizzle-orm'
import { readCursor, writeCursor } from '../review/cursor.ts'
import { instant, lineOf } from '../review/match-rows.ts'
import { readClusters } from './clusters.ts'
import type { Duplicate, DuplicatesQuery } from './duplicate-schemas.ts'

type Row = Omit<Duplicate, 'cluster' | 'decided'> & { decidedBy: string | null; decidedAt: string | null }

const columns = (language: Language): SQL => sql`p.id, p.library, p.state, p.likeness_millionths as "likenessMillionths",
  p.same_owner as "sameOwner", ${lineOf('d', language)} as a, ${lineOf('t', language)} as b, ${instant(sql`p.found_at`)} as "foundAt",
  p.decided_by as "decidedBy", ${instant(sql`p.decided_at`)} as "decidedAt", p.revision`

/** Pairs with both records, read under the actor: a pair with a record that the reader may not see is no row. */
const source = sql`matching.duplicate p join published.document d on d.id = p.a_id join published.document t on t.id = p.b_id`

export async function listDuplicates(
  ctx: Context,
  language: Language,
  query: DuplicatesQuery
): Promise<{ data: Duplicate[]; next: string | null }> {
  const { cursor, limit = pageLimitDefault, library, state = 'open' } = query
  const list = ['duplicates', library, state]
  const after = readCursor(list, 'number', cursor)
  return ctx.db.withRead(ctx.actor, async (tx) => {
    const rows = await tx.execute<Row>(sql`
      select ${columns(language)} from ${source}
      where p.state = ${state} ${library ? sql`and p.library = ${library}` : sql``}
        ${after ? sql`and (p.likeness_millionths < ${after[0]}::int or (p.likeness_millionths = ${after[0]}::int and p.id > ${after[1]}::uuid))` : sql``}
      order by p.likeness_millionths desc, p.id limit ${limit + 1}`)
    const page = [...rows].slice(0, limit)
    const last = page.at(-1)
    return {
      data: await withClusters(tx, page),
      next: rows.length > limit && last ? writeCursor(list, [last.likenessMillionths, last.id]) : null
    }
  })
}

export async function getDuplicate(tx: Tx, language: Language, id: string): Promise<Duplicate> {
  const rows = await tx.execute<Row>(sql`select ${columns(language)} from ${source} where p.id = ${id}::uuid`)
  const [duplicate] = await withClusters(tx, [...rows])
  if (!duplicate) throw NotFound()
  return duplicate
}

async function withClusters(tx: Tx, rows: readonly Row[]): Promise<Duplicate[]> {
  const clusters = await readClusters(tx, [...new Set(rows.flatMap(({ a, b }) => [a.id, b.id]))])
  return rows.map(({ decidedBy, decidedAt, ...row }) => ({
    ...row,
    cluster: clusters.get(row.a.id) ?? row.a.id,
    decided: decidedBy === null || decidedAt === null ? null : { by: decidedBy, at: decidedAt }
  }))
}
