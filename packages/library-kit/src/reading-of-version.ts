import { findLanguage, languages, type Draft, type Reading } from '@siku/contracts'
import { readingOf } from '@siku/service-kit'
import type { Library } from './define-library.ts'
import { publicText } from './publish-face.ts'
import type { RecordRow } from './tables.ts'

const read = languages.join(', ')

/** What of a version is read for matching, by the rule the index worker reads by, and what its owner can do where that is nothing. */
export function readingOfVersion(library: Library, row: RecordRow, draft: Draft): Reading {
  const reading = readingOf(publicText(library, row, draft))
  if (reading.from !== 'needs-translation') return { state: reading.from, language: reading.input.language, advice: null }
  // A tag outside the seven is believed; one of the seven that the words belie leaves the language unknown.
  const language = findLanguage(draft.sourceLanguage) ? null : draft.sourceLanguage
  return { state: 'needs-translation', language, advice: adviceFor(draft, language) }
}

function adviceFor({ sourceLanguage, translations = [] }: Draft, language: string | null): string {
  const what =
    language === null
      ? `This text is tagged ${sourceLanguage}, but its words are in another language, which is not read here`
      : `This text is in a language that is not read here (${language})`
  const unchecked = translations.flatMap(({ language: into, status }) => (status !== 'reviewed' && findLanguage(into) ? [into] : []))
  const step =
    unchecked.length > 0
      ? `The translation into ${unchecked.join(', ')} counts once a person has checked it: set its status to reviewed`
      : `Add one into ${read} to translations, checked by a person and with status reviewed`
  return (
    `${what}, so it is matched with nothing until there is a reviewed translation. ${step}, then submit. ` +
    `If it is in ${read} after all, correct sourceLanguage.`
  )
}
