import type { Language } from '@siku/contracts'

const acronymMax = 6

/** Labels are compared as cleaned. */
export const cleanLabel = (label: string): string => label.normalize('NFKC').replace(/\s+/g, ' ').trim()

/** Two labels are the same when only case differs; the capitals of an acronym count, for "IT" is not "it". */
export function labelKey(language: Language, label: string): string {
  const lower = label.toLowerCase()
  const acronym = label.length <= acronymMax && label !== lower && label === label.toUpperCase()
  return `${language}:${acronym ? label : lower}`
}
