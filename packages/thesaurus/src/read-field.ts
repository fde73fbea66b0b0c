import type { Language } from '@siku/contracts'
import { isCommonHan, scripts } from './character-classes.ts'
import { normaliseText, type NormalisedText } from './normalise-text.ts'
import { readingOf, type TextReading } from './token-keys.ts'
import { addTokens, isFiller, type Tokens } from './tokens.ts'
import type { FieldText, LabelTrie } from './types.ts'
import { readerOf, readWord, type WordReader } from './word-readings.ts'

/** One field of a text: its tokens are those from `first` to before `last`. */
export type ReadField = {
  field: string
  weight: number
  source: NormalisedText
  tokens: Tokens
  first: number
  last: number
  /** How its words were read; undefined where it has none but Chinese ones and figures. */
  reading: TextReading | undefined
  hasDigits: boolean
  /** Where its units begin among those of the tokens. */
  base: number
}

/** Figures are read alike in every text. */
const figureReading: TextReading = { latin: [], shouted: false, unaccented: false }

/** Which languages a text says it is in, and is found to be in besides. */
export type TextLanguages = { declared: Language | null; detected: Language | null }

/** Cuts one field into tokens and looks up what each may be. */
export function readField(input: FieldText, trie: LabelTrie, tokens: Tokens, { declared, detected }: TextLanguages): ReadField {
  const source = normaliseText(input.text)
  const { text } = source
  const { hanWords } = trie
  const first = tokens.count
  const base = addTokens(tokens, text, hanWords)
  const { scripts: scriptOf, starts, words, marks, readings, count } = tokens
  const figures = readerOf(trie, figureReading, null)
  let reader: WordReader | undefined
  let hasDigits = false
  for (let at = first; at < count; at++) {
    const script = scriptOf[at] ?? 0
    if (script === scripts.han) {
      if (words[at] === 0) words[at] = rareWord(trie, text, starts[at] ?? 0)
      continue
    }
    words[at] = readings.length
    if (script === scripts.digits) {
      readings.push(readWord(figures, trie, tokens, at, text))
      hasDigits = true
      continue
    }
    reader ??= readerOf(trie, readingOf(text, declared, detected), declared ?? detected)
    const read = readWord(reader, trie, tokens, at, text)
    readings.push(read)
    if (read.isFiller) marks[at] = (marks[at] ?? 0) | isFiller
  }
  return { field: input.field, weight: input.weight, source, tokens, first, last: count, reading: reader?.reading, hasDigits, base }
}

/** The number of a character outside the common block; within it, what has no number is no word. */
function rareWord(trie: LabelTrie, text: string, at: number): number {
  if (isCommonHan(text.charCodeAt(at))) return 0
  const word = trie.wordsOf(`h:${String.fromCodePoint(text.codePointAt(at) ?? 0)}`)
  return typeof word === 'number' ? word : 0
}
