import { statement, type Tx } from '@siku/db'
import { sql } from 'drizzle-orm'
import type { Change } from './plan-changes.ts'

type Of<K extends Change['kind']> = Extract<Change, { kind: K }>
export type WriteContext = { now: Date; newId: () => string }

/** Writes the rows that differ, a statement for each kind of change. */
export async function writeChanges(tx: Tx, changes: readonly Change[], { now, newId }: WriteContext): Promise<void> {
  const of = <K extends Change['kind']>(kind: K) => changes.filter((change): change is Of<K> => change.kind === kind)
  const at = now.toISOString()
  await insert(
    tx,
    of('insert').map((change) => ({ id: newId(), ...contentOf(change) })),
    at
  )
  await rescore(tx, of('rescore'), at)
  await leave(tx, of('leave'), at)
  await flag(tx, of('flag'), at)
}

function contentOf({ found, materials }: Of<'insert'> | Of<'rescore'>) {
  return {
    demand_id: found.demandId,
    technology_id: found.technologyId,
    demand_version: found.demandVersion,
    technology_version: found.technologyVersion,
    demand_owner_key: found.demandOwnerKey,
    technology_owner_key: found.technologyOwnerKey,
    country: found.country,
    score_millionths: found.scoreMillionths,
    band: found.band,
    explanation: found.explain(),
    features: found.features,
    thesaurus_edition: found.edition,
    weights_version: found.weights,
    content_hash: found.contentHash,
    demand_material: materials.demand,
    technology_material: materials.technology,
    uncleared: found.uncleared
  }
}

const contentList = `demand_id uuid, technology_id uuid, demand_version int, technology_version int, demand_owner_key text,
  technology_owner_key text, country text, score_millionths int, band text, explanation jsonb, features jsonb, thesaurus_edition text,
  weights_version text, content_hash text, demand_material text, technology_material text, uncleared boolean`

const contentColumns = sql.raw(contentList)

async function insert(tx: Tx, rows: readonly object[], at: string): Promise<void> {
  if (rows.length > 0) await insertAll(tx, JSON.stringify(rows), at)
}

const insertAll = statement(`
  insert into matching.match (id, demand_id, technology_id, demand_version, technology_version, demand_owner_key, technology_owner_key,
    country, score_millionths, band, explanation, features, thesaurus_edition, weights_version, content_hash, demand_material,
    technology_material, uncleared, proposed_at, updated_at)
  select id, demand_id, technology_id, demand_version, technology_version, demand_owner_key, technology_owner_key, country,
    score_millionths, band, explanation, features, thesaurus_edition, weights_version, content_hash, demand_material,
    technology_material, uncleared, $2::timestamptz, $2::timestamptz
  from jsonb_to_recordset($1::jsonb) as r (id uuid, ${contentList})`)

async function rescore(tx: Tx, changes: readonly Of<'rescore'>[], at: string): Promise<void> {
  if (changes.length === 0) return
  const rows = changes.map((change) => ({
    id: change.stored.id,
    ...contentOf(change),
    state: change.state,
    is_new: change.state !== change.stored.state,
    changed: change.changed,
    renewed: change.renewed,
    previous: change.previous
  }))
  await tx.execute(sql`
    update matching.match m set demand_version = r.demand_version, technology_version = r.technology_version,
      demand_owner_key = r.demand_owner_key, technology_owner_key = r.technology_owner_key, country = r.country,
      score_millionths = r.score_millionths, band = r.band, explanation = r.explanation, features = r.features,
      thesaurus_edition = r.thesaurus_edition, weights_version = r.weights_version, content_hash = r.content_hash,
      demand_material = r.demand_material, technology_material = r.technology_material, uncleared = r.uncleared, closed = false,
      state = r.state, changed = r.changed, renewed = r.renewed or (m.renewed and not r.is_new),
      previous = nullif(r.previous, 'null'::jsonb), revision = m.revision + 1, updated_at = ${at}::timestamptz,
      proposed_at = case when r.is_new then ${at}::timestamptz else m.proposed_at end,
      taken_by = case when not r.is_new then m.taken_by end, taken_at = case when not r.is_new then m.taken_at end,
      decided_by = case when not r.is_new then m.decided_by end, decided_at = case when not r.is_new then m.decided_at end,
      decline_code = case when not r.is_new then m.decline_code end, note = case when not r.is_new then m.note end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r (id uuid, ${contentColumns}, state text, is_new boolean, changed boolean, renewed boolean, previous jsonb)
    where m.id = r.id`)
}

async function leave(tx: Tx, changes: readonly Of<'leave'>[], at: string): Promise<void> {
  if (changes.length === 0) return
  const rows = changes.map(({ stored, state }) => ({ id: stored.id, state }))
  await tx.execute(sql`
    update matching.match m set state = r.state, deferred_until = null, taken_by = null, taken_at = null,
      revision = m.revision + 1, updated_at = ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, state text) where m.id = r.id`)
}

async function flag(tx: Tx, changes: readonly Of<'flag'>[], at: string): Promise<void> {
  if (changes.length === 0) return
  const rows = changes.map(({ stored, flags }) => ({ id: stored.id, ...flags }))
  await tx.execute(sql`
    update matching.match m set changed = r.changed, closed = r.closed, uncleared = r.uncleared, revision = m.revision + 1,
      updated_at = ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, changed boolean, closed boolean, uncleared boolean)
    where m.id = r.id`)
}
