import { sql } from 'drizzle-orm'
import type { Tx } from '../connect.ts'

export type WorkSummary = { kind: string; library: string; open: number; parked: number; oldestSeconds: number }

/** Count and oldest age at every stage of the ledger. */
export async function workSummary(tx: Tx): Promise<WorkSummary[]> {
  const rows = await tx.execute<WorkSummary>(sql`
    select kind, library,
      (count(*) filter (where state = 'open' and done < wanted))::int as open,
      (count(*) filter (where state = 'parked'))::int as parked,
      coalesce(extract(epoch from now() - min(owed_at) filter (where done < wanted)), 0)::float as "oldestSeconds"
    from work.item group by kind, library order by kind, library`)
  return [...rows]
}

export type ParkedWork = { kind: string; library: string; recordId: string; attempts: number; error: unknown; owedAt: string }

export async function parkedWork(tx: Tx, limit: number): Promise<ParkedWork[]> {
  const rows = await tx.execute<ParkedWork>(sql`
    select kind, library, record_id as "recordId", attempts, last_error as error, owed_at as "owedAt"
    from work.item where state = 'parked' order by owed_at limit ${limit}`)
  return [...rows]
}
