import type { PublishedText } from '@siku/contracts'
import type { Institution, Precedent } from '@siku/matcher'
import type { DocumentToWrite } from '@siku/db'
import { sql } from 'drizzle-orm'
import { createDossierWorker } from '../../src/dossier/dossier-worker.ts'
import type { MatchWorker } from '../../src/match/match-worker.ts'
import { indexAll, log, matcherActor, publish, technology, type Place, type RecordSketch } from '../support.ts'

const libraries = ['cooperation-demand', 'technology-reserve', 'project-results', 'platform-institutions'] as const

/** A project result about the same matter as the demands of the tests, done in the countries given. */
export const result = (id: string, countries: readonly string[], sketch: RecordSketch = {}): DocumentToWrite =>
  other('project-results', id, sketch, { recordType: 'PR', serviceCountries: [...countries], seeks: null })

export const institution = (id: string, countries: readonly string[], sketch: RecordSketch = {}): DocumentToWrite =>
  other('platform-institutions', id, sketch, {
    recordType: 'PI',
    serviceCountries: [...countries],
    services: ['technology-transfer', 'market-entry'],
    seeks: null
  })

function other(
  library: (typeof libraries)[number],
  id: string,
  { about, language, text, ...facts }: RecordSketch,
  own: Partial<PublishedText>
): DocumentToWrite {
  const plain = technology(id, {
    controlState: 'not-applicable',
    visibility: 'public-anonymous',
    ...facts,
    ...(about ? { about } : {}),
    language: language ?? 'zh'
  })
  return { ...plain, library, text: { ...plain.text, targetCountries: [], ...own, ...text } }
}

/** A match worker and a dossier worker over one copy, as a process has them. */
export function dossierWorkers(place: Pick<Place, 'owner'>, worker: MatchWorker) {
  const dossiers = createDossierWorker({ context: worker.context, log })
  /** Publishes, indexes, matches and makes dossiers until nothing is owed. */
  const settle = async (documents: readonly DocumentToWrite[] = []) => {
    if (documents.length > 0) await publish(place.owner, documents)
    while ((await indexAll(place.owner, { libraries })) > 0);
    for (;;) {
      const done = (await worker.drain()) + (await dossiers.drain())
      if (done === 0) return
    }
  }
  return { worker, dossiers, settle }
}

export type DossierRow = {
  demandId: string
  version: number
  precedents: Precedent[]
  institutions: Institution[]
  hash: string
  computedAt: Date
}

export const dossierRows = (place: Pick<Place, 'db'>): Promise<DossierRow[]> =>
  place.db.withRead(matcherActor, async (tx) => [
    ...(await tx.execute<DossierRow>(sql`
      select demand_id as "demandId", demand_version as version, precedents, institutions, content_hash as hash, computed_at as "computedAt"
      from matching.dossier order by demand_id`))
  ])

/** How much dossier work is open, and for whom. */
export const owedDossiers = (place: Pick<Place, 'db'>): Promise<{ library: string; recordId: string; cause: string; lane: number }[]> =>
  place.db.withRead(matcherActor, async (tx) => [
    ...(await tx.execute<{ library: string; recordId: string; cause: string; lane: number }>(sql`
      select library, record_id as "recordId", cause, lane from work.item where kind = 'dossier' and done < wanted order by library, record_id`))
  ])
