import { findLanguage, type PublishedText } from '@siku/contracts'
import { detectLanguage, type AnnotateInput } from '@siku/thesaurus'
import { annotatedFields } from './annotated-fields.ts'

/** What of a record is read for matching: its own words, a reviewed translation of them, or nothing until there is one. */
export type TextReading = { from: 'original' | 'translation'; input: AnnotateInput } | { from: 'needs-translation' }

/** Below it the detector is not asked to contradict the tag of a text. */
const lettersMin = 60
/** So near to Spanish, Portuguese and French that the detector's word is not enough. */
const nearRelatives: readonly (string | null)[] = ['gl', 'ca', 'oc']
/** Which translation is read where there are several. */
const preferred = ['zh', 'en']

/** A text in a language the seven do not include is never matched on what its words happen to look like. */
export function readingOf(text: PublishedText): TextReading {
  if (isReadable(text)) return { from: 'original', input: { language: text.sourceLanguage, fields: annotatedFields(text) } }
  const input = translationInput(text)
  return input ? { from: 'translation', input } : { from: 'needs-translation' }
}

/** By its tag, unless it plainly is in another language; a wrong tag on a text in one of the seven does no harm. */
function isReadable({ sourceLanguage, title, summary, description }: PublishedText): boolean {
  const declared = findLanguage(sourceLanguage)
  const words = [title, summary, description].join('\n')
  if (declared === 'zh' || (declared && words.length < lettersMin)) return true
  const { code, language, reliable } = detectLanguage(words)
  if (!declared) return reliable && language !== null
  return !reliable || language !== null || code === null || nearRelatives.includes(code)
}

/** A reviewed translation into one of the seven as the fields that are read; evidence then points into it. */
function translationInput({ translations }: PublishedText): AnnotateInput | undefined {
  const usable = translations.flatMap((line, at) => {
    const language = line.status === 'reviewed' ? findLanguage(line.language) : undefined
    return language ? [{ line, at, language }] : []
  })
  const best = usable.find(({ language }) => preferred.includes(language)) ?? usable[0]
  if (!best) return undefined
  const { line, at, language } = best
  const fieldOf = (name: 'title' | 'summary' | 'description', weight: number) => ({
    field: `/translations/${at}/${name}`,
    text: line[name] ?? '',
    weight
  })
  return { language, fields: [fieldOf('title', 3), fieldOf('summary', 2), fieldOf('description', 1)] }
}
