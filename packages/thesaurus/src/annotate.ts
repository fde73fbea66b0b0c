import { findLanguage, type Language } from '@siku/contracts'
import { collectConcepts } from './collect-concepts.ts'
import { collectTerms } from './collect-terms.ts'
import { collectTopics } from './collect-topics.ts'
import { detectLanguage } from './detect-language.ts'
import { findLabels } from './find-labels.ts'
import { findQuantities } from './find-quantities.ts'
import { readField } from './read-field.ts'
import { settleOverlaps } from './settle-overlaps.ts'
import type { AnnotateInput, Annotation, Thesaurus } from './types.ts'

/**
 * Reads the fields of one record: concepts with evidence, topics, words no concept covers, and figures with units.
 * Spans are code points of each field as it was given, end exclusive. Never throws on any text.
 */
export function annotate(thesaurus: Thesaurus, input: AnnotateInput): Annotation {
  const declared = findLanguage(input.language) ?? null
  const detected = languageBesides(input, declared)
  const language = declared ?? detected
  const fields = input.fields.map((field) => {
    const read = readField(field, thesaurus.trie, declared, detected)
    return {
      read,
      matches: settleOverlaps(findLabels(read, thesaurus), read.tokens.length),
      quantities: findQuantities(read.field, read.source, language)
    }
  })
  return {
    language: input.language,
    edition: thesaurus.edition,
    concepts: collectConcepts(thesaurus, fields, language),
    topics: collectTopics(
      thesaurus,
      fields.map(({ read }) => read),
      language
    ),
    terms: collectTerms(fields, language),
    quantities: fields.flatMap(({ quantities }) => quantities)
  }
}

/** A wrong language tag must not blind the annotator: what the text itself looks like is read as well. */
function languageBesides(input: AnnotateInput, declared: Language | null): Language | null {
  const text = input.fields.map((field) => field.text).join('\n')
  const { language, reliable } = detectLanguage(text)
  return reliable && language !== declared ? language : null
}
