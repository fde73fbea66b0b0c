import type { Language } from '@siku/contracts'
import { arabicLabelStem } from './arabic.ts'
import { scripts, type Script } from './character-classes.ts'
import { isStopWord } from './stop-words.ts'
import { foldLatin, stemWord } from './word-keys.ts'

export type NormalForm = { term: string; language: Language }

const latinLanguages: readonly Language[] = ['en', 'fr', 'es', 'pt']

/** The normal form of one word: stem, segment or light stem; undefined for words that say nothing. */
export function normalForm(word: string, script: Script, language: Language | null): NormalForm | undefined {
  if (script === scripts.han) return word.length < 2 || isStopWord(word, 'zh') ? undefined : { term: word, language: 'zh' }
  const lower = word.toLowerCase()
  if (script === scripts.arabic)
    return lower.length < 2 || isStopWord(lower, 'ar') ? undefined : { term: arabicLabelStem(lower), language: 'ar' }
  if (script === scripts.cyrillic)
    return lower.length < 2 || isStopWord(lower, 'ru') ? undefined : { term: stemWord(lower, 'ru'), language: 'ru' }
  if (script !== scripts.latin) return undefined
  const own = language && latinLanguages.includes(language) ? language : 'en'
  if (foldLatin(lower).length < 2 || isStopWord(lower, own)) return undefined
  return { term: stemWord(lower, own), language: own }
}
