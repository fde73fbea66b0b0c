import { findLanguage, languages, type Language } from '@siku/contracts'

/** The first of the seven that Accept-Language asks for, by its weights; English where it names none of them. */
export function readerLanguage(header: string | undefined): Language {
  const wishes = (header ?? '')
    .slice(0, 500)
    .split(',')
    .map((part, index) => {
      const [tag = '', ...parameters] = part.trim().split(';')
      const q = parameters.map((parameter) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(parameter)?.[1]).find((value) => value !== undefined)
      return { language: findLanguage(tag), weight: q === undefined ? 1 : Number(q), index }
    })
  const known = wishes.filter(({ language, weight }) => language !== undefined && weight > 0)
  return known.sort((a, b) => b.weight - a.weight || a.index - b.index)[0]?.language ?? 'en'
}

export const isLanguage = (text: string): text is Language => (languages as readonly string[]).includes(text)
