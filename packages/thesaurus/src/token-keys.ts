import type { Language } from '@siku/contracts'
import { scripts } from './character-classes.ts'
import { isShouted } from './detect-language.ts'
import { isStopWord } from './stop-words.ts'
import type { Token } from './tokens.ts'
import { labelWordKeys, textWordKeys, type WordKey } from './word-keys.ts'

const latinLanguages: readonly Language[] = ['en', 'fr', 'es', 'pt']
const vowel = /[aeiouyаеёиоуыэюяàâäéèêëîïôöùûüáíóúãõ]/

/** The language whose stemmer reads a Latin word of a label: a Chinese or Arabic label borrows English ones. */
function stemLanguageOf(token: Token, language: Language): Language {
  if (token.script === scripts.cyrillic) return 'ru'
  if (token.script === scripts.arabic) return 'ar'
  return latinLanguages.includes(language) ? language : 'en'
}

/** All letters capital, two to six of them: matched as written, so that IT is not "it". */
export function isAcronym(text: string): boolean {
  return /^[\p{Lu}]{2,6}$/u.test(text)
}

/** VOCs is VOC. */
const withoutPlural = (text: string): string => text.replace(/(?<=\p{Lu}{2})s$/u, '')

export type LabelCase = 'as-written' | 'anycase' | 'capitals'

export type LabelWordKeys = {
  /** Where the word is filed. */
  own: string
  /** Other spellings that lead to it. */
  others: string[]
  /** The language by whose derivations it is found too. */
  derives: Language | undefined
}

const only = (own: string): LabelWordKeys => ({ own, others: [], derives: undefined })

/** Keys of one word of a label. */
export function keysOfLabelToken(token: Token, language: Language, labelCase: LabelCase): LabelWordKeys {
  if (token.script === scripts.han) return only(`h:${token.text}`)
  if (token.script === scripts.digits) return only(`d:${token.lower}`)
  if (token.script === scripts.other) return only(`o:${token.lower}`)
  const bare = withoutPlural(token.text)
  if (isAcronym(bare) && labelCase !== 'anycase') {
    const safeInAnyCase = labelCase !== 'capitals' && (!vowel.test(bare.toLowerCase()) || bare.length >= 5)
    return safeInAnyCase ? { ...only(`A:${bare}`), others: [`a:${bare.toLowerCase()}`] } : only(`A:${bare}`)
  }
  const derives = stemLanguageOf(token, language)
  const [own = '', ...others] = labelWordKeys(token.lower, derives).map(({ key }) => key)
  return { own, others, derives }
}

/** Function words that turn a label round: without them "no electricity" would be found in every text about electricity. */
const turning = new Set('no not nor without sans ne pas non ni не без ни нет لا بدون دون غير بعد قبل sin sem não'.split(' '))

/** Whether a word of a label carries no meaning of its own and is left out of the trie. */
export function isLabelFiller(token: Token, language: Language): boolean {
  if (token.script === scripts.han || token.script === scripts.digits || isAcronym(token.text)) return false
  return token.text === token.lower && !turning.has(token.lower) && isStopWord(token.lower, stemLanguageOf(token, language))
}

export type TextReading = {
  /** Languages to read Latin words in, the language of the text first. */
  latin: readonly Language[]
  /** The text is written in capitals: they say nothing. */
  shouted: boolean
  /** The text is written without diacritics throughout, as in telegrams. */
  unaccented: boolean
}

/** Reads a text in its own language and, for what it borrows, in English. */
export function readingOf(text: string, language: Language | null, alsoFound: Language | null): TextReading {
  const latin = new Set<Language>()
  if (language && latinLanguages.includes(language)) latin.add(language)
  if (alsoFound && latinLanguages.includes(alsoFound)) latin.add(alsoFound)
  latin.add('en')
  return { latin: [...latin], shouted: isShouted(text), unaccented: !accented.test(text) }
}

const accented = /[\u00C0-\u024F]/
const borrowedQuality = 0.8

export function keysOfTextToken(token: Token, reading: TextReading): WordKey[] {
  if (token.script === scripts.han) return [{ key: `h:${token.text}`, quality: 1 }]
  if (token.script === scripts.digits) return [{ key: `d:${token.lower}`, quality: 1 }]
  if (token.script === scripts.other) return [{ key: `o:${token.lower}`, quality: 1 }]
  const keys: WordKey[] = acronymKeys(token, reading)
  if (token.script === scripts.cyrillic) keys.push(...textWordKeys(token.lower, 'ru'))
  else if (token.script === scripts.arabic) keys.push(...textWordKeys(token.lower, 'ar'))
  else {
    const [first = 'en'] = reading.latin
    reading.latin.forEach((language, rank) => {
      // A function word of the text's own language is no borrowed noun: Spanish "hay" is not English hay.
      if (rank > 0 && isStopWord(token.lower, first)) return
      for (const { key, quality } of textWordKeys(token.lower, language, reading.unaccented)) {
        keys.push({ key, quality: rank === 0 ? quality : quality * borrowedQuality })
      }
    })
  }
  return keys
}

function acronymKeys(token: Token, reading: TextReading): WordKey[] {
  const keys: WordKey[] = [{ key: `a:${token.lower}`, quality: 1 }]
  const bare = withoutPlural(token.text)
  if (isAcronym(bare)) {
    // In a text of capitals a short one is more likely a word.
    const trusted = !reading.shouted || (bare.length >= 3 && !reading.latin.some((language) => isStopWord(token.lower, language)))
    if (trusted) keys.push({ key: `A:${bare}`, quality: reading.shouted ? 0.6 : 1 })
    if (bare !== token.text) keys.push({ key: `a:${bare.toLowerCase()}`, quality: 1 })
  }
  return keys
}

/** Function words of a running text: skipped free of charge inside a label. */
export function isTextFiller(token: Token, reading: TextReading): boolean {
  if (token.script === scripts.cyrillic) return isStopWord(token.lower, 'ru')
  if (token.script === scripts.arabic) return isStopWord(token.lower, 'ar')
  if (token.script === scripts.latin) return reading.latin.some((language) => isStopWord(token.lower, language))
  return false
}
