import { counterparts, isClearedFor, type LibraryName, type PublishedDocument } from '@siku/contracts'
import type { AnnotatedDocument } from '@siku/db'
import { passesHardFilters, type MatchSide, type Side } from '@siku/matcher'
import type { Annotation, Span } from '@siku/thesaurus'

/** One published record as it waits in memory to be matched. */
export type MatchRecord = {
  side: Side
  revision: number
  entry: MatchSide
  audience: Pick<PublishedDocument, 'visibility' | 'clearedCountries'>
  /** Country the record is about or comes from: for queues, never for the score. */
  country: string | null
}

/** A park or an investment has no technology behind it: such demands go to institutions and to the list of gaps. */
export const withoutTechnology = ['park', 'investment']
export const neverOffered: readonly string[] = ['prohibited', 'secret']

export const sideOf = (library: LibraryName): Side => (library === 'cooperation-demand' ? 'demand' : 'technology')
export const hasCounterpart = (library: LibraryName): boolean => counterparts[library] !== undefined

/** Whether a published row may be matched at all, whatever the day: only such rows are kept in memory. */
export function isOffered(document: PublishedDocument): boolean {
  if (document.tombstone || document.state !== 'published' || !document.openForInterest) return false
  return !neverOffered.includes(document.controlState) && !withoutTechnology.includes(document.text.seeks ?? '')
}

/** Nobody here reads its language, so nothing of it may be matched, not even what a model makes of it. */
export const needsTranslation = ({ annotation }: AnnotatedDocument): boolean => (annotation as Annotation | null)?.needsTranslation === true

export function toMatchRecord(document: AnnotatedDocument): MatchRecord {
  const { id, version, library, ownerKey, validUntil, tombstone, state, openForInterest, controlState, excludedKeys, excludedCountries } =
    document
  const { text } = document
  return {
    side: sideOf(library),
    revision: document.revision,
    entry: {
      id,
      version,
      library,
      validUntil,
      tombstone,
      organisationKey: ownerKey,
      country: text.owner.country,
      access: { state, openForInterest, controlState, excludedKeys, excludedCountries },
      // Evidence is kept as places in the text; the long texts themselves would fill the memory.
      text: { ...text, summary: '', description: '', more: [], translations: [] },
      annotation: withoutWordPlaces(document.annotation as Annotation)
    },
    audience: { visibility: document.visibility, clearedCountries: document.clearedCountries },
    country: document.country ?? text.owner.country
  }
}

const nowhere: Span[] = []

/** Words without a concept only ever count, they are no evidence; where they stand would be most of the memory a record takes. */
const withoutWordPlaces = (annotation: Annotation): Annotation => ({
  ...annotation,
  terms: annotation.terms.map(({ term, language, weight }) => ({ term, language, weight, spans: nowhere }))
})

/** Hard filters of a pair on a day (YYYY-MM-DD): what closes a record, whom either side excluded, who is in the technology's audience. */
export function mayMeet(demand: MatchRecord, technology: MatchRecord, today: string): boolean {
  if (technology.audience.visibility === 'demand-side' && demand.entry.country === 'CN') return false
  return passesHardFilters(demand.entry, technology.entry, today)
}

/** Not cleared for the country that asks: staff and the technology's owner see such a pair as blocked, the demand side never. */
export const isUncleared = (demand: MatchRecord, { entry, audience }: MatchRecord): boolean =>
  !isClearedFor({ ...audience, ...entry.access, ownerKey: entry.organisationKey }, demand.entry.country)
