import { findLanguage, type Language, type PublishedDocument, type PublishedText } from '@siku/contracts'
import { annotatedFields } from '@siku/service-kit'
import { gloss, type Annotation, type GlossSegment, type Thesaurus } from '@siku/thesaurus'
import { fieldText } from '../review/evidence.ts'
import type { GlossedText } from './dossier-schemas.ts'

export type Glossing = { thesaurus: Thesaurus; language: Language; annotations: ReadonlyMap<string, Annotation> }

/** The text of a record as it was written, with the reader's-language label over what was recognised in it. */
export function glossedText({ id, version, text }: PublishedDocument, { thesaurus, language, annotations }: Glossing): GlossedText {
  const annotation = annotations.get(id)
  const fields = [...annotatedFields(text), ...translatedFields(text, annotation)]
    .filter((field) => field.text.trim() !== '')
    .map(({ field, text: words }) => ({ field, text: words }))
  const isForeign = findLanguage(text.sourceLanguage) !== language
  const segments = annotation && isForeign ? gloss(thesaurus, annotation, fields, language) : []
  return {
    language: text.sourceLanguage,
    version,
    fields: fields.map(({ field, text: words }) => ({
      field,
      text: words,
      gloss: segments.filter((segment) => segment.field === field).map(segmentOf)
    }))
  }
}

/** Where a translation was read in place of the text, both are shown. */
function translatedFields(text: PublishedText, annotation: Annotation | undefined): { field: string; text: string }[] {
  const read = new Set(annotation?.concepts.flatMap(({ spans }) => spans.map(({ field }) => field)))
  return [...read].filter((field) => field.startsWith('/translations/')).map((field) => ({ field, text: fieldText(text, field) ?? '' }))
}

const segmentOf = ({ start, end, label, conceptId, quantity }: GlossSegment) => ({ start, end, label, conceptId, quantity })
