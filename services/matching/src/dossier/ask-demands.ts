import { serviceActor } from '@siku/contracts'
import type { Tx } from '@siku/db'
import { scoreInstitution, type DossierDemand, type MatchSide } from '@siku/matcher'
import { sql } from 'drizzle-orm'
import type { MatchRecord } from '../match/matchable.ts'
import type { DossierContext } from './dossier-context.ts'

/** Most demands that one changed record asks; the nightly pass does the rest. */
export const askedMax = 200

const actor = serviceActor('service:match', 'ask-demands')

/** The demands that a changed project result or institution touches: those whose dossier names it, then those it may now be named in. */
export async function demandsTouched(ctx: DossierContext, recordId: string): Promise<string[]> {
  const record = ctx.dossierCopy.find(recordId)
  return ctx.db.withRead(actor, async (tx) => {
    const naming = await demandsNaming(tx, recordId)
    const touched = record === undefined ? [] : await demandsFor(tx, ctx, record)
    return [...new Set([...naming, ...touched])].slice(0, askedMax)
  })
}

async function demandsNaming(tx: Tx, recordId: string): Promise<string[]> {
  const named = JSON.stringify([{ id: recordId }])
  const rows = await tx.execute<{ id: string }>(sql`
    select demand_id as id from matching.dossier where precedents @> ${named}::jsonb or institutions @> ${named}::jsonb
    order by demand_id limit ${askedMax}`)
  return [...rows].map(({ id }) => id)
}

async function demandsFor(tx: Tx, ctx: DossierContext, record: MatchSide): Promise<string[]> {
  if (record.library === 'platform-institutions') {
    return [...(await demandsBesides(tx, record)), ...demandsServed(ctx, record)]
  }
  const asking: MatchRecord = {
    side: 'technology',
    revision: 0,
    entry: record,
    audience: { visibility: 'network', clearedCountries: [] },
    country: null
  }
  return ctx.copy.candidates(asking, askedMax, () => true).counterparts.map(({ entry }) => entry.id)
}

/** Demands in memory that the institution could carry, the best first. */
function demandsServed({ copy, thesaurus, weights }: DossierContext, institution: MatchSide): string[] {
  const scored = copy.all('demand').flatMap(({ entry, country }) => {
    const demand: DossierDemand = { entry, country, technologies: [] }
    const score = scoreInstitution(demand, institution, thesaurus, weights)?.scoreMillionths
    return score === undefined ? [] : [{ id: entry.id, score }]
  })
  return scored
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
    .slice(0, askedMax)
    .map(({ id }) => id)
}

/** Demands without a technology behind them, such as for a park, are not matched and not in memory; institutions are all they get. */
async function demandsBesides(tx: Tx, { text }: MatchSide): Promise<string[]> {
  const countries = JSON.stringify([...text.serviceCountries, ...text.targetCountries])
  const rows = await tx.execute<{ id: string }>(sql`
    select id from published.document
    where library = 'cooperation-demand' and state = 'published' and not tombstone and text ->> 'seeks' in ('park', 'investment')
      and coalesce(country, text #>> '{owner,country}') in (select jsonb_array_elements_text(${countries}::jsonb))
    order by published_at desc, id limit ${askedMax / 2}`)
  return [...rows].map(({ id }) => id)
}
