import type { Language, PublishedDocument } from '@siku/contracts'
import { findConcept, labelOf, type Thesaurus } from '@siku/thesaurus'
import type { RecordLine } from '../review/schemas.ts'

/** A record as a list shows it, from a row that was read under the reader. */
export const recordLine = ({ id, version, country, text }: PublishedDocument, language: Language): RecordLine => ({
  id,
  version,
  reference: text.reference,
  language: text.sourceLanguage,
  title: text.title,
  translatedTitle: text.translations.find((line) => line.language === language)?.title ?? null,
  country,
  ownerType: text.owner.type,
  ownerName: text.owner.name,
  sectors: text.sectors
})

/** A concept of another edition may be gone; its id still says which it was. */
export const conceptOf = (id: string, { thesaurus, language }: { thesaurus: Thesaurus; language: Language }) => ({
  id,
  label: findConcept(thesaurus, id) ? labelOf(thesaurus, id, language) : id
})
