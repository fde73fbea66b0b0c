import type { Tx } from '@siku/db'
import { sql } from 'drizzle-orm'
import type { Clusters } from './apply-caps.ts'

type Pair = { a: string; b: string }

/** Connected components: each record of a pair to the smallest id of its cluster. */
export function clustersOf(pairs: readonly Pair[]): Map<string, string> {
  const clusters = new Map<string, string>()
  const rootOf = (id: string): string => {
    const parent = clusters.get(id) ?? id
    return parent === id ? id : rootOf(parent)
  }
  for (const { a, b } of pairs) {
    const [first, second] = [rootOf(a), rootOf(b)].sort()
    if (first === undefined || second === undefined) continue
    clusters.set(first, first)
    clusters.set(second, first)
  }
  return new Map([...clusters.keys()].map((id) => [id, rootOf(id)]))
}

/** Clusters among these records; what people dismissed joins nothing. */
export async function readClusters(tx: Tx, ids: readonly string[]): Promise<Clusters> {
  if (ids.length < 2) return new Map()
  const asked = sql`(select (jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))::uuid)`
  const rows = await tx.execute<Pair>(sql`
    select a_id as a, b_id as b from matching.duplicate where state <> 'dismissed' and a_id in ${asked} and b_id in ${asked}`)
  return clustersOf([...rows])
}
