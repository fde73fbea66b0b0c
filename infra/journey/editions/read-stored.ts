import type { LibraryName, PublishedText } from '@siku/contracts'
import type { Database } from '@siku/db'
import { sql } from 'drizzle-orm'
import { actor } from './start-processes.ts'

export type Stored = { id: string; library: LibraryName; text: PublishedText; annotation: unknown }
export const annotationsOf = async (owner: Database, edition: string): Promise<Stored[]> =>
  owner.withRead(actor, async (tx) => [
    ...(await tx.execute<Stored>(sql`
      select d.id, d.library, d.text, a.annotation from published.document d
      join published.annotation a on a.id = d.id and a.version = d.version and a.edition = ${edition} order by d.id`))
  ])
export const readAgain = async (owner: Database): Promise<string[]> =>
  owner.withRead(actor, async (tx) => {
    const rows = await tx.execute<{ id: string }>(
      sql`select record_id as id from work.item where kind = 'index' and cause = 'thesaurus.edition' order by 1`
    )
    return [...rows].map(({ id }) => id)
  })
export const matchesOf = async (owner: Database, demandId: string) =>
  owner.withRead(actor, async (tx) => [
    ...(await tx.execute<{ technologyId: string; edition: string; state: string }>(sql`
      select technology_id as "technologyId", thesaurus_edition as edition, state from matching.match where demand_id = ${demandId}::uuid`))
  ])

export const storedPairs = async (owner: Database): Promise<string[]> =>
  owner.withRead(actor, async (tx) => {
    const rows = await tx.execute<{ pair: string }>(sql`
      select demand_id || ' ' || technology_id || ' ' || content_hash as pair from matching.match where state <> 'withdrawn'`)
    return [...rows].map(({ pair }) => pair).toSorted()
  })
