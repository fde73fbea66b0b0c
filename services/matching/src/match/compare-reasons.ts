import { canonicalJson, type Tx } from '@siku/db'
import type { Explanation } from '@siku/matcher'
import { sql } from 'drizzle-orm'
import { isUndecided, type FoundPair } from './plan-changes.ts'

type Candidate = Pick<FoundPair, 'stored' | 'found'>

/**
 * Ids of the stored matches whose reasons another edition of the thesaurus made others, though versions, features and score are the same:
 * a label may mark more words of a text, a relation may stand where another stood.
 */
export async function withOtherReasons(tx: Tx, pairs: readonly Candidate[]): Promise<Set<string>> {
  const alike = pairs.flatMap(({ stored, found }) =>
    stored && isAlikeInAnotherEdition({ stored, found }) ? [{ id: stored.id, found }] : []
  )
  if (alike.length === 0) return new Set()
  const ids = JSON.stringify(alike.map(({ id }) => id))
  const rows = await tx.execute<{ id: string; explanation: Explanation }>(sql`
    select id, explanation from matching.match where id = any (array(select (jsonb_array_elements_text(${ids}::jsonb))::uuid))`)
  const storedById = new Map([...rows].map(({ id, explanation }) => [id, reasonsOf(explanation)]))
  return new Set(alike.filter(({ id, found }) => storedById.get(id) !== reasonsOf(found.explain())).map(({ id }) => id))
}

const isAlikeInAnotherEdition = ({ stored, found }: { stored: NonNullable<Candidate['stored']>; found: Candidate['found'] }): boolean =>
  isUndecided(stored) && stored.edition !== found.edition && stored.contentHash === found.contentHash

/** Through JSON first, as what is stored went. */
const reasonsOf = ({ thesaurusEdition: _edition, ...reasons }: Explanation): string =>
  canonicalJson(JSON.parse(JSON.stringify(reasons)) as unknown)
