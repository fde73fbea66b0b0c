import { serviceActor, type Language } from '@siku/contracts'
import { NotFound, type Context } from '@siku/service-kit'
import type { Thesaurus } from '@siku/thesaurus'
import type { Dossier } from './dossier-schemas.ts'
import { institutionLines, precedentLines } from './entry-lines.ts'
import { glossedText, type Glossing } from './glossed-text.ts'
import { readAnnotations } from './read-demand.ts'
import { readDossier } from './read-dossier.ts'
import { recordLine } from './record-line.ts'
import { shortlistLines } from './shortlist-lines.ts'

export type Asked = { demandId: string; language: Language; thesaurus: Thesaurus }

/**
 * The dossier of a demand in the reader's language. All records are read under the reader's own rights; annotations, which only services
 * may read, are then fetched for these records and no others.
 */
export async function getDossier(
  ctx: Pick<Context, 'db' | 'actor' | 'requestId'>,
  { demandId, language, thesaurus }: Asked
): Promise<Dossier> {
  const { db, actor, requestId } = ctx
  const read = await db.withRead(actor, (tx) => readDossier(tx, actor, demandId))
  if (!read) throw NotFound()
  const { demand, stored, documents, view, count, isOwed } = read
  const shown = [demand, ...read.matches.flatMap(({ technologyId }) => documents.get(technologyId) ?? [])]
  const { edition } = thesaurus
  const annotations = await db.withRead(serviceActor('service:match', requestId), (tx) => readAnnotations(tx, shown, edition))
  const glossing: Glossing = { thesaurus, language, annotations }
  return {
    language,
    view,
    demand: { record: recordLine(demand, language), text: glossedText(demand, glossing) },
    count,
    shortlist: shortlistLines(read, glossing),
    precedents: precedentLines(read, glossing),
    institutions: institutionLines(read, glossing),
    edition: stored?.edition ?? edition,
    computedAt: stored?.computedAt ?? null,
    stale: isOwed || stored === undefined || stored.version !== demand.version || stored.edition !== edition
  }
}
