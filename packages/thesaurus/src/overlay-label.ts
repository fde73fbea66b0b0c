import type { Language } from '@siku/contracts'
import type { ChangeFault } from './overlay.ts'
import { isStopWord } from './stop-words.ts'

/** What separates labels in a file, and what turns the direction of a line: neither may stand in a label. */
const unwritable = /[|\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/
const wordBreak = /[^\p{L}\p{M}\p{N}]+/u

/** A label that could never be read in a text, or in every one; undefined where it may be proposed. */
export function findLabelFault(language: Language, label: string): ChangeFault | undefined {
  if (unwritable.test(label)) {
    return {
      about: 'label',
      fault: `label "${label}" has a "|" or a direction mark in it`,
      remedy: 'Send the plain words; each label by itself'
    }
  }
  const words = label.toLowerCase().split(wordBreak).filter(Boolean)
  if (words.length > 0 && !words.every((word) => isStopWord(word, language))) return undefined
  const fault = words.length === 0 ? `label "${label}" has no letter and no digit` : `label "${label}" is nothing but function words`
  return { about: 'label', fault, remedy: 'Write what people in the field say' }
}
