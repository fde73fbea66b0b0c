import type { PublishedDocument } from '@siku/contracts'
import {
  institutionSentence,
  precedentSentence,
  type DossierEntry,
  type InstitutionReasons,
  type PrecedentReasons,
  type SharedConcept
} from '@siku/matcher'
import { shownMax, type InstitutionLine, type PrecedentLine } from './dossier-schemas.ts'
import type { Glossing } from './glossed-text.ts'
import type { ReadDossier } from './read-dossier.ts'
import { conceptOf, recordLine } from './record-line.ts'
import { placesIf } from './shortlist-lines.ts'

/** The first three precedents that the reader may see. Which technology one is like is not for the side that asks. */
export function precedentLines(read: ReadDossier, glossing: Glossing): PrecedentLine[] {
  return visible(read.stored?.precedents ?? [], read).map(({ entry, document }) => ({
    ...entryLine({ entry, document }, read, glossing),
    reason: precedentSentence(entry.reasons, glossing.language, glossing.thesaurus),
    solution: read.view === 'staff' ? (entry.reasons.solution?.technologyId ?? null) : null
  }))
}

/** The first three institutions that the reader may see. */
export function institutionLines(read: ReadDossier, glossing: Glossing): InstitutionLine[] {
  return visible(read.stored?.institutions ?? [], read).map(({ entry, document }) => ({
    ...entryLine({ entry, document }, read, glossing),
    reason: institutionSentence(entry.reasons, glossing.language, glossing.thesaurus),
    services: entry.reasons.services,
    sectors: entry.reasons.sectors
  }))
}

type Reasons = PrecedentReasons | InstitutionReasons
type Shown<R extends Reasons> = { entry: DossierEntry<R>; document: PublishedDocument }

function visible<R extends Reasons>(entries: readonly DossierEntry<R>[], { documents }: ReadDossier): Shown<R>[] {
  const shown = entries.flatMap((entry) => {
    const document = documents.get(entry.id)
    return document ? [{ entry, document }] : []
  })
  return shown.slice(0, shownMax)
}

function entryLine<R extends Reasons>({ entry, document }: Shown<R>, read: ReadDossier, glossing: Glossing) {
  const { place, countries, shared } = entry.reasons
  const sharedLine = ({ demandConcept, otherConcept, relation, demandSpans, otherSpans }: SharedConcept) => ({
    demandConcept: conceptOf(demandConcept, glossing),
    otherConcept: conceptOf(otherConcept, glossing),
    relation,
    demand: placesIf(read.demand.version === read.stored?.version, demandSpans),
    other: placesIf(document.version === entry.version, otherSpans)
  })
  return {
    record: recordLine(document, glossing.language),
    scoreMillionths: read.view === 'staff' ? entry.scoreMillionths : null,
    place,
    countries,
    shared: shared.map(sharedLine)
  }
}
