import type { Actor, LibraryName } from '@siku/contracts'
import { sql } from 'drizzle-orm'
import type { Database } from '../connect.ts'

export type IntentItem = { library: LibraryName; id: string; op: 'put' | 'remove'; version: number | null; hash: string | null }
export type OpenIntent = { batchId: string; items: IntentItem[]; taskUid: number | null }
export type IntentOutcome = 'applied' | 'failed' | 'not-applied'

/** Intents on an index, committed before the index is told, so that a crash in between leaves a trace to follow. */
export function indexIntents(db: Database, actor: Actor, library: LibraryName) {
  const run = (statement: ReturnType<typeof sql>) => db.withTx(actor, async (tx) => void (await tx.execute(statement)))
  return {
    intend: (batchId: string, items: readonly IntentItem[]) =>
      run(
        sql`insert into work.index_intent (batch_id, library, items) values (${batchId}::uuid, ${library}, ${JSON.stringify(items)}::jsonb)`
      ),
    recordTask: (batchId: string, taskUid: number) =>
      run(sql`update work.index_intent set task_uid = ${taskUid}, status = 'sent' where batch_id = ${batchId}::uuid`),
    settle: (batchId: string, outcome: IntentOutcome) =>
      run(sql`update work.index_intent set status = ${outcome}, settled_at = now() where batch_id = ${batchId}::uuid`),
    openIntents: (): Promise<OpenIntent[]> =>
      db.withRead(actor, async (tx) => [
        ...(await tx.execute<OpenIntent>(sql`
          select batch_id as "batchId", items, task_uid as "taskUid"
          from work.index_intent where library = ${library} and settled_at is null order by created_at`))
      ])
  }
}

/** Forgets settled intents older than the given days. */
export async function pruneIntents(db: Database, actor: Actor, olderThanDays: number): Promise<void> {
  await db.withTx(actor, async (tx) => {
    await tx.execute(sql`delete from work.index_intent where settled_at < now() - ${olderThanDays} * interval '1 day'`)
  })
}
