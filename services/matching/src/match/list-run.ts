import type { Tx } from '@siku/db'
import { sql } from 'drizzle-orm'
import type { FoundMatch } from './find-matches.ts'
import type { StoreInput, StoreResult } from './store-matches.ts'
import type { RecordNow } from './read-stored.ts'

/** One line of a list as a run left it: all that a replay needs. */
export type ListItem = { rank: number; id: string; version: number; scoreMillionths: number; features: FoundMatch['features'] }

/** Of a longer list only the head is kept: nobody is shown more. */
const itemsMax = 100

/** The list as this run left it: counterpart, version, features, score and place. */
export async function writeListRun(tx: Tx, input: StoreInput, { own, result }: { own: RecordNow | undefined; result: StoreResult }) {
  const { list, scorer, recordId } = input
  const items = list.matches.slice(0, itemsMax).map((match, index): ListItem => {
    const [id, version] =
      match.demandId === recordId ? [match.technologyId, match.technologyVersion] : [match.demandId, match.demandVersion]
    return { rank: index + 1, id, version, scoreMillionths: match.scoreMillionths, features: match.features }
  })
  await tx.execute(sql`
    insert into matching.list_run (id, library, record_id, record_version, record_revision, thesaurus_edition, weights_version,
      threshold_millionths, cause, cause_id, cut, items, added, changed, withdrawn, embedding_space, at)
    values (${input.newId()}::uuid, ${input.library}, ${recordId}::uuid, ${own?.version ?? 0}, ${own?.revision ?? 0}, ${scorer.edition},
      ${scorer.weightsVersion}, ${scorer.thresholdMillionths}, ${input.cause}, ${input.causeId}, ${list.cut},
      ${JSON.stringify(items)}::jsonb, ${result.added}, ${result.changed}, ${result.withdrawn}, (select id from matching.embedding_space where is_current), ${input.now.toISOString()}::timestamptz)`)
}
