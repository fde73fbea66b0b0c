import { Type, type Static } from 'typebox'

/** The languages the product speaks and matches in. */
export const languages = ['zh', 'en', 'fr', 'ru', 'ar', 'es', 'pt'] as const
export type Language = (typeof languages)[number]

/** One label per language of the product; the same thing said seven times. */
export type Labels = Record<Language, string>

/** A language the text was written in: any BCP 47 tag, for a language the seven do not include is parked, not refused. */
export const LanguageTag = Type.String({
  pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$',
  maxLength: 35,
  description: 'BCP 47 language tag of the text as it was written',
  examples: ['zh-Hans', 'fr']
})
export type LanguageTag = Static<typeof LanguageTag>

/** The product language behind a BCP 47 tag, or undefined where the seven do not include it. */
export function findLanguage(tag: string): Language | undefined {
  const primary = tag.toLowerCase().split('-')[0]
  return languages.find((language) => language === primary)
}
