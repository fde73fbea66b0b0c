import { isStaff, type Actor, type MatchState, type PublishedDocument } from '@siku/contracts'
import { documentsById, type Tx } from '@siku/db'
import type { Explanation, Institution, Precedent } from '@siku/matcher'
import { sql } from 'drizzle-orm'
import { readShownLists } from '../market/read-caps.ts'
import { instant } from '../review/match-rows.ts'
import { shortlistMax } from './dossier-schemas.ts'

export type StoredMatch = {
  id: string
  technologyId: string
  state: MatchState
  band: Explanation['band']
  scoreMillionths: number
  uncleared: boolean
  explanation: Explanation
}
type StoredDossier = {
  version: number
  precedents: Precedent[]
  institutions: Institution[]
  edition: string
  computedAt: string
}

/** All that a dossier is made of, as the actor of the transaction may see it. */
export type ReadDossier = {
  view: 'staff' | 'asker'
  demand: PublishedDocument
  count: number
  matches: StoredMatch[]
  stored: StoredDossier | undefined
  /** Technologies, precedents and institutions that the reader may see, by id. */
  documents: Map<string, PublishedDocument>
  isOwed: boolean
}

/** Undefined for everybody but staff and the organisation that asks: to others a dossier is like one that does not exist. */
export async function readDossier(tx: Tx, actor: Actor, demandId: string): Promise<ReadDossier | undefined> {
  const [demand] = await documentsById(tx, [demandId])
  if (!demand || demand.library !== 'cooperation-demand' || demand.tombstone) return undefined
  const view = isStaff(actor) ? 'staff' : 'asker'
  if (view === 'asker' && (actor.organisationKey === null || demand.ownerKey !== actor.organisationKey)) return undefined
  const matches = view === 'staff' ? await readMatches(tx, demandId) : []
  const stored = await readStored(tx, demandId)
  const ids = [
    ...matches.map(({ technologyId }) => technologyId),
    ...[...(stored?.precedents ?? []), ...(stored?.institutions ?? [])].map(({ id }) => id)
  ]
  const documents = (await documentsById(tx, ids)).filter(({ tombstone, state }) => !tombstone && state === 'published')
  return {
    view,
    demand,
    matches,
    stored,
    count: await countMatches(tx, demandId),
    documents: new Map(documents.map((document) => [document.id, document])),
    isOwed: await isOwed(tx, demandId)
  }
}

/** The head of the list as the desk shows it: what a cap holds back stands behind the others. */
async function readMatches(tx: Tx, demandId: string): Promise<StoredMatch[]> {
  const shown = (await readShownLists(tx, [demandId])).get(demandId) ?? []
  const ids = shown.map(({ id }) => id)
  const rows = await tx.execute<StoredMatch>(sql`
    select m.id, m.technology_id as "technologyId", m.state, m.band, m.score_millionths as "scoreMillionths", m.uncleared, m.explanation
    from matching.match m join jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) with ordinality shown (id, place) on shown.id = m.id::text
    where m.state in ('proposed', 'in-review', 'deferred', 'approved') and not m.closed
      and exists (select 1 from published.document t where t.id = m.technology_id and not t.tombstone and t.state = 'published')
    order by shown.place limit ${shortlistMax}`)
  return [...rows]
}

async function readStored(tx: Tx, demandId: string): Promise<StoredDossier | undefined> {
  const [row] = await tx.execute<StoredDossier>(sql`
    select demand_version as version, precedents, institutions, thesaurus_edition as edition, ${instant(sql`computed_at`)} as "computedAt"
    from matching.dossier where demand_id = ${demandId}::uuid`)
  return row
}

async function countMatches(tx: Tx, demandId: string): Promise<number> {
  const [row] = await tx.execute<{ count: number | null }>(sql`select matching.count_for_demand(${demandId}::uuid) as count`)
  return row?.count ?? 0
}

async function isOwed(tx: Tx, demandId: string): Promise<boolean> {
  const [row] = await tx.execute<{ owed: boolean }>(sql`
    select exists (select 1 from work.item where record_id = ${demandId}::uuid and done < wanted and state = 'open') as owed`)
  return row?.owed ?? false
}
