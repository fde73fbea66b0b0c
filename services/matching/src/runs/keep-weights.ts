import { serviceActor } from '@siku/contracts'
import type { Database, Tx } from '@siku/db'
import { checkWeights, type Weights } from '@siku/matcher'
import { sql } from 'drizzle-orm'

const actor = serviceActor('service:match', 'keep-weights')

/** Keeps the weights a worker starts with, so that its runs can be replayed. Their version carries a hash of their content. */
export async function keepWeights(db: Database, weights: Weights): Promise<void> {
  await db.withTx(actor, (tx) =>
    tx.execute(sql`
      insert into matching.weights (version, content) values (${weights.version}, ${JSON.stringify(weights)}::jsonb)
      on conflict (version) do nothing`)
  )
}

/** The weights of a version, if any worker ever started with them. */
export async function findWeights(tx: Tx, version: string): Promise<Weights | undefined> {
  const [row] = await tx.execute<{ content: Weights }>(sql`select content from matching.weights where version = ${version}`)
  return row && checkWeights(row.content)
}
