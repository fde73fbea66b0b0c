import type { PublishedText } from '@siku/contracts'
import { annotate, type Annotation, type Thesaurus } from '@siku/thesaurus'
import { readingOf } from './reading-of.ts'

/**
 * What the annotator finds in a published text; spans are code points of the field they stand in. A text that needs a translation first
 * is marked so, and nothing is found in it.
 */
export function annotateDocument(thesaurus: Thesaurus, text: PublishedText): Annotation {
  const reading = readingOf(text)
  if (reading.from !== 'needs-translation') return annotate(thesaurus, reading.input)
  const { sourceLanguage: language } = text
  return { language, edition: thesaurus.edition, needsTranslation: true, concepts: [], topics: [], terms: [], quantities: [] }
}
