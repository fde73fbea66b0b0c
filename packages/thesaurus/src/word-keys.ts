import type { Language } from '@siku/contracts'
import { newStemmer, type Stemmer } from './snowball.ts'
import { arabicLabelStem, arabicSkeleton, arabicTextStems } from './arabic.ts'
import { lightStem } from './light-stem.ts'

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
  ru: 'russian',
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
  const stem = foldLatin(stemmerOf(language).stem(lower.replaceAll('ё', 'е')))
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

/** Marks come off after Latin letters only: NFKD over everything would turn й into и. */
export function foldLatin(word: string): string {
  if (foldsNothing.test(word)) return word
  return word
    .normalize('NFD')
    .replace(/(?<=\p{Script=Latin})\p{M}+/gu, '')
    .normalize('NFC')
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .replaceAll('ß', 'ss')
}

const wordKeys = new Map<string, WordKey[]>()

/** Keys under which a label word is filed: the first is its own, the others are spellings that lead to it. */
export function labelWordKeys(lower: string, language: Language): WordKey[] {
  if (language !== 'ar') return stemKeys(lower, language, true)
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

/**
 * Inflection first; then the spelling without accents, filed apart, because metros are no metrô where accents are written; then
 * derivation, for stems long enough to tell words apart.
 */
function stemKeys(lower: string, language: Language, unaccented: boolean): WordKey[] {
  if (language === 'ru') return [{ key: `ru:${stemWord(lower, 'ru')}`, quality: 1 }]
  const plain = foldLatin(lower)
  const derived = stemWord(lower, language)
  const keys: WordKey[] = [
    { key: `${language}:${lightStem(lower, language)}`, quality: 1 },
    { key: `${language}^${lightStem(plain, language)}`, quality: plainQuality(lower, plain, unaccented) }
  ]
  if (derived.length >= derivedMin && (!lower.includes('ñ') || unaccented))
    keys.push({ key: `${language}~${derived}`, quality: derivedQuality })
  return keys
}

function plainQuality(lower: string, plain: string, unaccented: boolean): number {
  if (lower.includes('ñ')) return withoutTildeQuality
  // Some accents are a matter of country (económico, econômico) or of haste; alone, a word has to be spelt right.
  return unaccented || plain !== lower ? unaccentedQuality : looseAccentQuality
}
