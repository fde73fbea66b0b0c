import type { Language } from '@siku/contracts'
import { normaliseText } from './normalise-text.ts'
import { segmentChinese } from './segment-chinese.ts'
import { isTextFiller, keysOfTextToken, readingOf, type TextReading } from './token-keys.ts'
import { tokenise, type Reading, type Token } from './tokenise.ts'
import type { FieldText, LabelTrie } from './types.ts'
import type { NormalisedText } from './normalise-text.ts'

export type ReadField = { field: string; weight: number; source: NormalisedText; tokens: Token[]; reading: TextReading }

/** Cuts one field into tokens and looks up what each may be. */
export function readField(input: FieldText, trie: LabelTrie, declared: Language | null, detected: Language | null): ReadField {
  const source = normaliseText(input.text)
  const reading = readingOf(source.text, declared, detected)
  const tokens = tokenise(source)
  const wordStarts = chineseWordStarts(tokens)
  const known = new Map<string, readonly Reading[]>()
  const characters = charactersOf(trie)
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]
    if (!token) break
    if (token.script === 'han') {
      token.readings = characters[token.text.codePointAt(0) ?? 0] ?? readCharacter(token.text, characters, trie)
      token.wordStart = wordStarts[at] === 1
    } else {
      token.readings = lookUp(token, trie, reading, known)
      token.filler = isTextFiller(token, reading)
    }
  }
  return { field: input.field, weight: input.weight, source, reading, tokens }
}

const none: readonly Reading[] = []

/** By code point: a Chinese character means the same wherever it stands. */
type Characters = Record<number, readonly Reading[]>

const charactersByTrie = new WeakMap<LabelTrie, Characters>()

function charactersOf(trie: LabelTrie): Characters {
  const known = charactersByTrie.get(trie)
  if (known) return known
  const characters: Characters = []
  charactersByTrie.set(trie, characters)
  return characters
}

function readCharacter(character: string, characters: Characters, trie: LabelTrie): readonly Reading[] {
  const word = trie.wordsOf(`h:${character}`)
  const readings = typeof word === 'number' ? [{ word, quality: 1 }] : none
  characters[character.codePointAt(0) ?? 0] = readings
  return readings
}

function lookUp(token: Token, trie: LabelTrie, reading: TextReading, known: Map<string, readonly Reading[]>): readonly Reading[] {
  const cached = known.get(token.text)
  if (cached) return cached
  const best = new Map<number, number>()
  for (const { key, quality } of keysOfTextToken(token, reading)) {
    const found = trie.wordsOf(key)
    if (found === undefined) continue
    for (const word of typeof found === 'number' ? [found] : found) best.set(word, Math.max(best.get(word) ?? 0, quality))
  }
  const readings = best.size === 0 ? none : [...best].map(([word, quality]) => ({ word, quality }))
  known.set(token.text, readings)
  return readings
}

/** 1 where a word starts. Only Han runs are segmented, all of a text in one call. */
export function chineseWordStarts(tokens: readonly Token[]): Uint8Array {
  const starts = new Uint8Array(tokens.length).fill(1)
  const runs = hanRuns(tokens)
  if (runs === '') return starts
  let at = 0
  for (const word of segmentChinese(runs)) {
    if (word === '\n') continue
    while (at < tokens.length && tokens[at]?.script !== 'han') at++
    const length = word.length === 1 ? 1 : [...word].length
    starts.fill(0, at + 1, at + length)
    at += length
  }
  return starts
}

/** The Han characters of a text, run by run, with line breaks between: the segmenter never joins across them. */
function hanRuns(tokens: readonly Token[]): string {
  let runs = ''
  let previous: Token | undefined
  for (const token of tokens) {
    if (token.script === 'han') {
      if (runs !== '' && (previous?.script !== 'han' || token.joined !== 'touching')) runs += '\n'
      runs += token.text
    }
    previous = token
  }
  return runs
}
