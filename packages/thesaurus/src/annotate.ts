import { findLanguage, type Language } from '@siku/contracts'
import { collectConcepts } from './collect-concepts.ts'
import { collectTerms } from './collect-terms.ts'
import { collectTopics } from './collect-topics.ts'
import { detectLanguage } from './detect-language.ts'
import { findLabels } from './find-labels.ts'
import { findQuantities } from './find-quantities.ts'
import { readField, type ReadField } from './read-field.ts'
import { settleOverlaps } from './settle-overlaps.ts'
import { addSightings, noSightings } from './sightings.ts'
import { clearTokens, createTokens } from './tokens.ts'
import type { AnnotateInput, Annotation, ConceptAnnotation, Thesaurus } from './types.ts'

/**
 * Reads the fields of one record: concepts with evidence, topics, words no concept covers, and figures with units.
 * Spans are code points of each field as it was given, end exclusive. Never throws on any text.
 */
export function annotate(thesaurus: Thesaurus, input: AnnotateInput): Annotation {
  const { fields, language, concepts } = readConcepts(thesaurus, input)
  const read = fields.map((field) => ({ read: field, quantities: findQuantities(field, language) }))
  return {
    language: input.language,
    edition: thesaurus.edition,
    concepts,
    topics: collectTopics(thesaurus.epoch ?? thesaurus, fields, language),
    terms: collectTerms(read),
    quantities: read.flatMap(({ quantities }) => quantities)
  }
}

/** The concepts of `annotate` alone, where nothing else is asked for. */
export const annotateConcepts = (thesaurus: Thesaurus, input: AnnotateInput): ConceptAnnotation[] => readConcepts(thesaurus, input).concepts

type ReadConcepts = { fields: ReadField[]; language: Language | null; concepts: ConceptAnnotation[] }

/** Filled anew by every text; nothing waits between its being filled and its being read. */
const tokens = createTokens()

function readConcepts(thesaurus: Thesaurus, input: AnnotateInput): ReadConcepts {
  const { trie } = thesaurus
  const declared = findLanguage(input.language) ?? null
  const detected = languageBesides(input, declared)
  const language = declared ?? detected
  const sightings = noSightings()
  clearTokens(tokens)
  const fields: ReadField[] = []
  for (const field of input.fields) {
    const read = readField(field, trie, tokens, { declared, detected })
    const matches = findLabels(read, thesaurus)
    addSightings(sightings, { read, matches, settled: settleOverlaps(read, matches, trie) }, trie, language)
    fields.push(read)
  }
  return { fields, language, concepts: collectConcepts(thesaurus, sightings) }
}

/** A wrong language tag must not blind the annotator: what the text itself looks like is read as well. */
export function languageBesides({ fields }: AnnotateInput, declared: Language | null): Language | null {
  const text = fields.length === 1 ? (fields[0]?.text ?? '') : fields.map((field) => field.text).join('\n')
  const { language, reliable } = detectLanguage(text)
  return reliable && language !== declared ? language : null
}
