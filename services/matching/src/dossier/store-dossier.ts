import { contentHash, type Tx } from '@siku/db'
import type { DossierDemand, Institution, Precedent } from '@siku/matcher'
import { sql } from 'drizzle-orm'

export type ComputedDossier = { precedents: Precedent[]; institutions: Institution[] }
export type StoreDossier = { demand: DossierDemand; computed: ComputedDossier; edition: string; weights: string; now: Date }

/** Writes the row of a demand where its content differs; another edition or other weights with the same outcome are no difference. */
export async function storeDossier(tx: Tx, { demand, computed, edition, weights, now }: StoreDossier): Promise<boolean> {
  const { id, version } = demand.entry
  const hash = contentHash({ ...computed, version })
  const rows = await tx.execute(sql`
    insert into matching.dossier as d (demand_id, demand_version, precedents, institutions, thesaurus_edition, weights_version, content_hash,
      computed_at)
    values (${id}::uuid, ${version}, ${JSON.stringify(computed.precedents)}::jsonb, ${JSON.stringify(computed.institutions)}::jsonb,
      ${edition}, ${weights}, ${hash}, ${now.toISOString()}::timestamptz)
    on conflict (demand_id) do update set demand_version = excluded.demand_version, precedents = excluded.precedents,
      institutions = excluded.institutions, thesaurus_edition = excluded.thesaurus_edition, weights_version = excluded.weights_version,
      content_hash = excluded.content_hash, computed_at = excluded.computed_at
    where d.content_hash <> excluded.content_hash returning demand_id`)
  return rows.length > 0
}

/** A demand that is not published has no dossier. */
export async function removeDossier(tx: Tx, demandId: string): Promise<boolean> {
  const rows = await tx.execute(sql`delete from matching.dossier where demand_id = ${demandId}::uuid returning demand_id`)
  return rows.length > 0
}
