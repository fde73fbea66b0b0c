import { findLanguage, type Language } from '@siku/contracts'
import { openLanguageDetector } from './language-detector.ts'
import { countLetters } from './letter-counts.ts'

export type DetectedLanguage = {
  /** ISO 639-1 code, or null where the text is too short or says nothing. */
  code: string | null
  /** Set where it is one of the seven. */
  language: Language | null
  reliable: boolean
}

const sampleMax = 2_000

let detector: ReturnType<typeof openLanguageDetector> | undefined

/** Which language a text is in; a code outside the seven means "needs translation". */
export function detectLanguage(text: string): DetectedLanguage {
  const sample = text.slice(0, sampleMax)
  const { letters, han, kana } = countLetters(sample)
  if (letters < 2) return { code: null, language: null, reliable: false }
  // Chinese technical prose is full of Latin names; a third of Han characters without kana settles it.
  if (han * 3 >= letters && kana * 20 < han) return { code: 'zh', language: 'zh', reliable: true }
  // Read when the first text comes that is not Chinese.
  detector ??= openLanguageDetector()
  const likely = detector(isShouted(sample) ? sample.toLowerCase() : sample)
  if (likely.language === '') return { code: null, language: null, reliable: false }
  return { code: likely.language, language: findLanguage(likely.language) ?? null, reliable: likely.isReliable && letters >= 12 }
}

/** Two thirds of the letters that could be small are capitals. */
export function isShouted(text: string): boolean {
  const { upper, lower } = countLetters(text)
  return upper > 20 && upper > lower * 2
}
