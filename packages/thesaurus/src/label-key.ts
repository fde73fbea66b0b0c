import type { Language } from '@siku/contracts'
import { isPlain } from './character-classes.ts'

const acronymMax = 6

/** Labels are compared as cleaned. */
export function cleanLabel(label: string): string {
  const normal = isPlain(label) ? label : label.normalize('NFKC')
  return /^\s|\s\s|[^\S ]|\s$/.test(normal) ? normal.replace(/\s+/g, ' ').trim() : normal
}

/** Two labels are the same when only case differs; the capitals of an acronym count, for "IT" is not "it". */
export function labelKey(language: Language, label: string): string {
  const lower = label.toLowerCase()
  const acronym = label.length <= acronymMax && label !== lower && label === label.toUpperCase()
  return `${language}:${acronym ? label : lower}`
}
