import { statement, type Tx } from '@siku/db'
import type { StoredMatch } from './plan-changes.ts'

// Any number, the same in every process: stores of two records of one pair must not overlap.
const storeLock = 721_004_552
const idleInStoreMs = 5000

/**
 * One store at a time in the cluster. Of two records published at once the later store then sees what the earlier one wrote, and the
 * earlier one saw no newer revision: no pair is missed and none is left behind. A frozen holder loses the lock after five seconds.
 */
export async function lockStore(tx: Tx): Promise<void> {
  await lock(tx)
}

const lock = statement(`
  select set_config('idle_in_transaction_session_timeout', '${idleInStoreMs}', true), pg_advisory_xact_lock(${storeLock})`)

/** Takes the rows of several records before anything is owed, in the order that people's decisions take them: rows first, work after. */
export async function lockMatches(tx: Tx, recordIds: readonly string[]): Promise<void> {
  await Promise.all([lock(tx), lockRows(tx, JSON.stringify(recordIds))])
}

const ids = '(select (jsonb_array_elements_text($1::jsonb))::uuid)'
const lockRows = statement(`select id from matching.match where demand_id in ${ids} or technology_id in ${ids} order by id for update`)

/** Every stored match of a record, held against people deciding at the same moment. */
export async function storedMatches(tx: Tx, recordId: string): Promise<StoredMatch[]> {
  return storedOf(tx, recordId)
}

const storedOf = statement<StoredMatch>(`
  select id, demand_id as "demandId", technology_id as "technologyId", demand_version as "demandVersion",
    technology_version as "technologyVersion", demand_material as "demandMaterial", technology_material as "technologyMaterial",
    content_hash as "contentHash", thesaurus_edition as edition, score_millionths as "scoreMillionths", band, state, uncleared, changed,
    closed, previous
  from matching.match where demand_id = $1::uuid or technology_id = $1::uuid for update`)

/**
 * What a record is now: its revision, whether it may still be matched, the hash of its text where asked for, and the position of the vector
 * of its version in the current space, 0 for none.
 */
export type RecordNow = { id: string; version: number; revision: number; isOffered: boolean; material: string | null; vector: number }

/** The rows as they are under the lock. Later dates and translations are no new text, so the hash leaves them out. */
export async function recordsNow(tx: Tx, ids: readonly string[], hashedIds: readonly string[]): Promise<Map<string, RecordNow>> {
  const rows = await recordsOf(tx, JSON.stringify(ids), JSON.stringify(hashedIds))
  return new Map(rows.map((row) => [row.id, row]))
}

const recordsOf = statement<RecordNow>(`
  select d.id, d.version, d.revision,
    d.state = 'published' and not d.tombstone and d.open_for_interest and d.control_state not in ('prohibited', 'secret') as "isOffered",
    case when h.id is not null then md5((d.text - 'deadline' - 'translations')::text) end as material,
    coalesce(v.position, 0)::float8 as vector
  from jsonb_array_elements_text($1::jsonb) asked (id)
  join published.document d on d.id = asked.id::uuid
  left join matching.vector v on v.record_id = d.id and v.version = d.version
    and v.space = (select s.id from matching.embedding_space s where s.is_current)
  left join jsonb_array_elements_text($2::jsonb) h (id) on h.id = asked.id`)
