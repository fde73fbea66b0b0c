import { NotFound, type Context } from '@siku/service-kit'
import { sql } from 'drizzle-orm'

/** How many matches a demand of the reader's own has. Which ones stays with staff until one is approved. */
export async function countMatches(ctx: Context, demandId: string): Promise<{ demand: string; count: number }> {
  const [row] = await ctx.db.withRead(ctx.actor, (tx) =>
    tx.execute<{ count: number | null }>(sql`
    select matching.count_for_demand(${demandId}::uuid) as count`)
  )
  if (row?.count === null || row?.count === undefined) throw NotFound()
  return { demand: demandId, count: row.count }
}
