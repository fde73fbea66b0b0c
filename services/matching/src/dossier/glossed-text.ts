import { findLanguage, type Language, type PublishedDocument } from '@siku/contracts'
import { annotatedFields } from '@siku/service-kit'
import { gloss, type Annotation, type GlossSegment, type Thesaurus } from '@siku/thesaurus'
import type { GlossedText } from './dossier-schemas.ts'

export type Glossing = { thesaurus: Thesaurus; language: Language; annotations: ReadonlyMap<string, Annotation> }

/** The text of a record as it was written, with the reader's-language label over what was recognised in it. */
export function glossedText({ id, version, text }: PublishedDocument, { thesaurus, language, annotations }: Glossing): GlossedText {
  const fields = annotatedFields(text)
    .filter((field) => field.text.trim() !== '')
    .map(({ field, text: words }) => ({ field, text: words }))
  const annotation = annotations.get(id)
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

const segmentOf = ({ start, end, label, conceptId, quantity }: GlossSegment) => ({ start, end, label, conceptId, quantity })
