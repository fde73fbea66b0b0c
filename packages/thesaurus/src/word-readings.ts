import type { Language } from '@siku/contracts'
import { normalForm, type NormalForm } from './normal-form.ts'
import { letterHash } from './letter-hash.ts'
import { isTextFiller, keysOfTextToken, type TextReading } from './token-keys.ts'
import { tokenOf, type Tokens } from './tokens.ts'
import type { LabelTrie } from './types.ts'

/** All that is known of a word of a running text that is not Chinese. */
export type WordReading = {
  text: string
  lower: string
  /** The words of labels that it may be, and how surely each. */
  words: readonly number[]
  qualities: readonly number[]
  isFiller: boolean
  hash: number
  power: number
  /** Its normal form; undefined for words that say nothing. */
  form: NormalForm | undefined
  /** Its number in the topic index of the language of the text, -1 where it has none; undefined until it is asked for. */
  topic: number | undefined
}

/** Words read once and met again in text after text, for one way of reading. */
export type WordReader = { reading: TextReading; language: Language | null; known: Map<string, WordReading> }

const wordsMax = 5_000
const readersMax = 16

const readers = new WeakMap<LabelTrie, Map<string, WordReader>>()

export function readerOf(trie: LabelTrie, reading: TextReading, language: Language | null): WordReader {
  const known = readers.get(trie) ?? new Map<string, WordReader>()
  readers.set(trie, known)
  const key = `${language} ${reading.latin.join()} ${reading.shouted} ${reading.unaccented}`
  let reader = known.get(key)
  if (!reader) {
    if (known.size >= readersMax) known.clear()
    reader = { reading, language, known: new Map() }
    known.set(key, reader)
  }
  return reader
}

/** Looks a token up, or remembers it. */
export function readWord(reader: WordReader, trie: LabelTrie, tokens: Tokens, at: number, text: string): WordReading {
  const own = text.slice(tokens.starts[at], tokens.ends[at])
  const known = reader.known.get(own)
  if (known) return known
  const read = lookUp(reader, trie, tokens, at, text)
  if (reader.known.size >= wordsMax) reader.known.clear()
  reader.known.set(own, read)
  return read
}

function lookUp({ reading, language }: WordReader, trie: LabelTrie, tokens: Tokens, at: number, source: string): WordReading {
  const token = tokenOf(tokens, at, source)
  const best = new Map<number, number>()
  for (const { key, quality } of keysOfTextToken(token, reading)) {
    const found = trie.wordsOf(key)
    if (found === undefined) continue
    for (const word of typeof found === 'number' ? [found] : found) best.set(word, Math.max(best.get(word) ?? 0, quality))
  }
  return {
    text: token.text,
    lower: token.lower,
    words: [...best.keys()],
    qualities: [...best.values()],
    isFiller: isTextFiller(token, reading),
    ...letterHash(token.lower),
    form: normalForm(token.text, token.script, language),
    topic: undefined
  }
}
