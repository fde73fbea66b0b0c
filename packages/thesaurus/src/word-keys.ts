import type { Language } from '@siku/contracts'
import { newStemmer, type Stemmer } from './snowball.ts'
import { arabicLabelStem, arabicSkeleton, arabicTextStems } from './arabic.ts'
import { lightStem } from './light-stem.ts'
import { russianStem } from './russian-stem.ts'

/** A key under which a word is looked up, and how sure it is (1 = the word itself or its inflection). */
export type WordKey = { key: string; quality: number }

/** What a reading by derivation (generation for generator) is worth; alone, without other words of a label, a third of it. */
const derivedQuality = 0.7
const unaccentedQuality = 0.95
const looseAccentQuality = 0.7
const withoutTildeQuality = 0.5
const derivedMin = 5
const skeletonQuality = { long: 0.6, short: 0.5 }

const algorithms: Partial<Record<Language, string>> = {
  en: 'english',
  fr: 'french',
  es: 'spanish',
  pt: 'portuguese'
}
const stemmers = new Map<Language, Stemmer>()
const memo = new Map<string, string>()
const memoMax = 200_000

/** Snowball stem with Latin diacritics folded afterwards; ё counts as е, й stays й. */
export function stemWord(lower: string, language: Language): string {
  const memoKey = `${language}:${lower}`
  const known = memo.get(memoKey)
  if (known !== undefined) return known
  if (memo.size > memoMax) memo.clear()
  const plain = lower.replaceAll('ё', 'е')
  const stem = foldLatin(language === 'ru' ? russianStem(plain) : stemmerOf(language).stem(plain))
  memo.set(memoKey, stem)
  return stem
}

function stemmerOf(language: Language): Stemmer {
  let stemmer = stemmers.get(language)
  if (!stemmer) {
    stemmer = newStemmer(algorithms[language] ?? 'english')
    stemmers.set(language, stemmer)
  }
  return stemmer
}

const foldsNothing = /^[\u0000-\u007F\u0400-\u04FF]*$/
const folded = new Map<string, string>()
const foldedMax = 2_000

/** Marks come off after Latin letters only: NFKD over everything would turn й into и. */
export function foldLatin(word: string): string {
  if (foldsNothing.test(word)) return word
  // Letter by letter, unless marks stand apart from their letters.
  if (/\p{M}/u.test(word)) return foldMarked(word)
  let result = ''
  for (const letter of word) result += foldLetter(letter)
  return result
}

function foldLetter(letter: string): string {
  const known = folded.get(letter)
  if (known !== undefined) return known
  const plain = foldMarked(letter)
  if (folded.size < foldedMax) folded.set(letter, plain)
  return plain
}

function foldMarked(word: string): string {
  return word
    .normalize('NFD')
    .replace(/(?<=\p{Script=Latin})\p{M}+/gu, '')
    .normalize('NFC')
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .replaceAll('ß', 'ss')
}

const wordKeys = new Map<string, WordKey[]>()

/**
 * Keys under which a label word is filed: the first is its own, the others are spellings that lead to it. Derivation is filed apart, when
 * a text first asks (`derivedKey`): stemming every label would take half the time of loading.
 */
export function labelWordKeys(lower: string, language: Language): WordKey[] {
  if (language !== 'ar') return spellingKeys(lower, language, true)
  const stem = arabicLabelStem(lower)
  return [{ key: `ar:${stem}`, quality: 1 }, ...skeletonKeys([stem])]
}

/** Keys under which a word of a running text is looked up. `unaccented`: the text is written without diacritics throughout. */
export function textWordKeys(lower: string, language: Language, unaccented = false): WordKey[] {
  const memoKey = `${language}:${lower}:${unaccented}`
  const known = wordKeys.get(memoKey)
  if (known) return known
  if (wordKeys.size > memoMax) wordKeys.clear()
  const keys = language === 'ar' ? arabicKeys(lower) : stemKeys(lower, language, unaccented)
  wordKeys.set(memoKey, keys)
  return keys
}

function arabicKeys(lower: string): WordKey[] {
  const stems = arabicTextStems(lower)
  return [...stems.map((stem) => ({ key: `ar:${stem}`, quality: 1 })), ...skeletonKeys(stems)]
}

function skeletonKeys(stems: readonly string[]): WordKey[] {
  const skeletons = new Set(stems.map(arabicSkeleton).filter((skeleton) => skeleton !== undefined))
  return [...skeletons].map((skeleton) => ({
    key: `ar~${skeleton}`,
    quality: skeleton.length > 3 ? skeletonQuality.long : skeletonQuality.short
  }))
}

/** Spellings first; then derivation, for stems long enough to tell words apart. */
function stemKeys(lower: string, language: Language, unaccented: boolean): WordKey[] {
  const keys = spellingKeys(lower, language, unaccented)
  const derived = lower.includes('ñ') && !unaccented ? undefined : derivedKey(lower, language)
  if (derived !== undefined) keys.push({ key: derived, quality: derivedQuality })
  return keys
}

/** Inflection first; then the spelling without accents, filed apart, because metros are no metrô where accents are written. */
function spellingKeys(lower: string, language: Language, unaccented: boolean): WordKey[] {
  if (language === 'ru') return [{ key: `ru:${stemWord(lower, 'ru')}`, quality: 1 }]
  const plain = foldLatin(lower)
  return [
    { key: `${language}:${lightStem(lower, language)}`, quality: 1 },
    { key: `${language}^${lightStem(plain, language)}`, quality: plainQuality(lower, plain, unaccented) }
  ]
}

/** The key by which words of one derivation meet (generation, generator); none in Russian and Arabic, and for short stems. */
export function derivedKey(lower: string, language: Language): string | undefined {
  if (language === 'ru' || language === 'ar') return undefined
  const derived = stemWord(lower, language)
  return derived.length < derivedMin ? undefined : `${language}~${derived}`
}

/** Stems keep the beginning of a word: what cannot share it cannot share the stem. */
export const derivedGroup = (key: string): string | undefined =>
  key.charCodeAt(2) === tilde && !key.startsWith('ar') ? key.slice(0, derivedGroupLength) : undefined

/** The group a label word waits in until a text asks for a stem with the same two letters. */
export const waitingGroup = (lower: string, language: Language): string => `${language}~${foldLatin(lower)}`.slice(0, derivedGroupLength)

const tilde = 126
const derivedGroupLength = 5

function plainQuality(lower: string, plain: string, unaccented: boolean): number {
  if (lower.includes('ñ')) return withoutTildeQuality
  // Some accents are a matter of country (económico, econômico) or of haste; alone, a word has to be spelt right.
  return unaccented || plain !== lower ? unaccentedQuality : looseAccentQuality
}
