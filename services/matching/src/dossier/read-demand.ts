import type { PublishedDocument } from '@siku/contracts'
import { documentsById, type Tx } from '@siku/db'
import type { DossierDemand } from '@siku/matcher'
import type { Annotation } from '@siku/thesaurus'
import { sql } from 'drizzle-orm'
import { NotAnnotatedError } from '../errors.ts'
import { toMatchRecord } from '../match/matchable.ts'

/** Technologies of the shortlist that a precedent is held against. */
const technologiesMax = 3

/** A demand as its dossier is made: its text, and the technologies that head its shortlist now. Undefined where it is not published. */
export async function readDemand(tx: Tx, demandId: string, edition: string): Promise<DossierDemand | undefined> {
  const best = await tx.execute<{ id: string }>(sql`
    select technology_id as id from matching.match
    where demand_id = ${demandId}::uuid and state in ('proposed', 'in-review', 'deferred', 'approved') and not closed
    order by score_millionths desc, technology_id limit ${technologiesMax}`)
  const ids = [...best].map(({ id }) => id)
  const documents = new Map((await documentsById(tx, [demandId, ...ids])).map((document) => [document.id, document]))
  const demand = documents.get(demandId)
  if (!demand || demand.tombstone || demand.state !== 'published') return undefined
  const annotations = await readAnnotations(tx, [...documents.values()], edition)
  const sideOf = (id: string) => {
    const [document, annotation] = [documents.get(id), annotations.get(id)]
    return document && annotation?.edition === edition ? toMatchRecord({ ...document, annotation, edition, changedAt: '' }) : undefined
  }
  const record = sideOf(demandId)
  if (!record) throw new NotAnnotatedError(demandId, edition)
  const technologies = ids.flatMap((id) => sideOf(id)?.entry ?? [])
  return { entry: record.entry, country: record.country, technologies }
}

/**
 * What the annotator found in these versions, with this edition or else with another: while the libraries are read again an older reading
 * is still good for a gloss. Only services may read it, so the caller shows nothing of a text that its reader may not see.
 */
export async function readAnnotations(
  tx: Tx,
  documents: readonly Pick<PublishedDocument, 'id' | 'version'>[],
  edition: string
): Promise<Map<string, Annotation>> {
  if (documents.length === 0) return new Map()
  const asked = JSON.stringify(documents.map(({ id, version }) => ({ id, version })))
  const rows = await tx.execute<{ id: string; annotation: Annotation }>(sql`
    select distinct on (a.id) a.id, a.annotation from published.annotation a
    join jsonb_to_recordset(${asked}::jsonb) r (id uuid, version int) on r.id = a.id and r.version = a.version
    order by a.id, (a.edition = ${edition}) desc, a.edition desc`)
  return new Map([...rows].map(({ id, annotation }) => [id, annotation]))
}
