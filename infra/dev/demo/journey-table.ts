import { journey, serviceActor } from '@siku/contracts'
import type { Database } from '@siku/db'
import { sql } from 'drizzle-orm'

const actor = serviceActor('service:match', 'journey-table')

/** What stands behind each stage of the journey; stages of later parts say so. */
const counts: Record<number, ReturnType<typeof sql>> = {
  1: sql`select count(*)::int as n from published.document where not tombstone`,
  2: sql`select count(*)::int as n from work.item`,
  3: sql`select count(*)::int as n from work.item where hinted_at is not null`,
  4: sql`select count(*)::int as n from published.annotation`,
  5: sql`select count(*)::int as n from work.item where kind = 'match' and done = wanted`,
  6: sql`select count(*)::int as n from matching.match where state = 'proposed'`,
  7: sql`select count(*)::int as n from matching.match where decided_at is not null`
}

const meaning: Record<number, string> = {
  1: 'records published',
  2: 'records with work owed in the same transaction',
  3: 'hinted to the queue',
  4: 'annotated, numbered, indexed',
  5: 'records matched against the other side',
  6: 'matches proposed',
  7: 'matches decided by staff'
}

/** The journey with the count at every stage, as it stands in the database. */
export async function journeyTable(db: Database): Promise<string> {
  const lines = await db.withRead(actor, async (tx) => {
    const read: string[] = []
    for (const { stage, name } of journey) {
      const count = counts[stage]
      const [row] = count ? await tx.execute<{ n: number }>(count) : []
      read.push(
        `  ${String(stage).padStart(2)}  ${name.padEnd(22)} ${row ? String(row.n).padStart(6) : '     –'}  ${meaning[stage] ?? 'comes with the desk'}`
      )
    }
    return read
  })
  return lines.join('\n')
}
