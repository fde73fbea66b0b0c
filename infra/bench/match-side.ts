import type { MatchSide } from '@siku/matcher'
import type { MixedRecord } from './mixed-records.ts'

/** A record as the matcher sees it, as the match worker keeps it: without the long texts and the places of words. */
export function toMatchSide({ document, annotation }: MixedRecord): MatchSide {
  const { id, version, library, ownerKey, country, validUntil, tombstone, text } = document
  const { state, openForInterest, controlState, excludedKeys, excludedCountries } = document
  return {
    id,
    version,
    library,
    organisationKey: ownerKey,
    country,
    validUntil,
    tombstone,
    access: { state, openForInterest, controlState, excludedKeys, excludedCountries },
    text: { ...text, summary: '', description: '', more: [], translations: [] },
    annotation: { ...annotation, terms: annotation.terms.map((term) => ({ ...term, spans: [] })) }
  }
}
