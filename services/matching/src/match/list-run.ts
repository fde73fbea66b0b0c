import { statement, type Tx } from '@siku/db'
import type { FoundMatch } from './find-matches.ts'
import type { StoreInput, StoreResult } from './store-matches.ts'
import type { RecordNow } from './read-stored.ts'

/** One line of a list as a run left it: all that a replay needs. */
export type ListItem = { rank: number; id: string; version: number; scoreMillionths: number; features: FoundMatch['features'] }

/** Of a longer list only the head is kept: nobody is shown more. */
const itemsMax = 100

export type RunToWrite = { input: StoreInput; own: RecordNow | undefined; result: StoreResult }

const insert = statement(`
  insert into matching.list_run (id, library, record_id, record_version, record_revision, thesaurus_edition, weights_version,
    threshold_millionths, cause, cause_id, cut, items, added, changed, withdrawn, embedding_space, at)
  select id, library, record_id, record_version, record_revision, thesaurus_edition, weights_version, threshold_millionths, cause, cause_id,
    cut, items, added, changed, withdrawn, (select s.id from matching.embedding_space s where s.is_current), at
  from jsonb_to_recordset($1::jsonb) as r (id uuid, library text, record_id uuid, record_version int, record_revision int,
    thesaurus_edition text, weights_version text, threshold_millionths int, cause text, cause_id text, cut boolean, items jsonb,
    added int, changed int, withdrawn int, at timestamptz)`)

/** The lists as these runs left them: counterpart, version, features, score and place. */
export async function writeListRuns(tx: Tx, runs: readonly RunToWrite[]): Promise<void> {
  if (runs.length > 0) await insert(tx, JSON.stringify(runs.map(toRow)))
}

function toRow({ input, own, result }: RunToWrite) {
  const { list, scorer, library, recordId, cause, causeId, now, newId } = input
  return {
    id: newId(),
    library,
    record_id: recordId,
    record_version: own?.version ?? 0,
    record_revision: own?.revision ?? 0,
    thesaurus_edition: scorer.edition,
    weights_version: scorer.weightsVersion,
    threshold_millionths: scorer.thresholdMillionths,
    cause,
    cause_id: causeId,
    cut: list.cut,
    items: itemsOf(list.matches, recordId),
    ...result,
    at: now.toISOString()
  }
}

const itemsOf = (matches: readonly FoundMatch[], recordId: string) =>
  matches.slice(0, itemsMax).map((match, index): ListItem => {
    const [id, version] =
      match.demandId === recordId ? [match.technologyId, match.technologyVersion] : [match.demandId, match.demandVersion]
    return { rank: index + 1, id, version, scoreMillionths: match.scoreMillionths, features: match.features }
  })
