import type { Language } from '@siku/contracts'
import { normaliseText } from './normalise-text.ts'
import { segmentChinese } from './segment-chinese.ts'
import { isTextFiller, keysOfTextToken, readingOf, type TextReading } from './token-keys.ts'
import { tokenise, type Token } from './tokenise.ts'
import type { FieldText, LabelTrie } from './types.ts'
import type { NormalisedText } from './normalise-text.ts'

/** A word of the thesaurus that a token of the text may be, and how surely. */
export type Reading = { word: number; quality: number }

export type ReadToken = Token & {
  readings: readonly Reading[]
  filler: boolean
  /** A Chinese word of the segmenter starts here; always true outside Chinese. */
  wordStart: boolean
}

export type ReadField = { field: string; weight: number; source: NormalisedText; tokens: ReadToken[]; reading: TextReading }

/** Cuts one field into tokens and looks up what each may be. */
export function readField(input: FieldText, trie: LabelTrie, declared: Language | null, detected: Language | null): ReadField {
  const source = normaliseText(input.text)
  const reading = readingOf(source.text, declared, detected)
  const tokens = tokenise(source)
  const wordStarts = chineseWordStarts(tokens)
  const known = new Map<string, readonly Reading[]>()
  return {
    field: input.field,
    weight: input.weight,
    source,
    reading,
    tokens: tokens.map((token, index) =>
      Object.assign(token, {
        readings: lookUp(token, trie, reading, known),
        filler: isTextFiller(token, reading),
        wordStart: wordStarts[index] === 1
      })
    )
  }
}

const none: readonly Reading[] = []

function lookUp(token: Token, trie: LabelTrie, reading: TextReading, known: Map<string, readonly Reading[]>): readonly Reading[] {
  const cached = known.get(token.text)
  if (cached) return cached
  const best = new Map<number, number>()
  for (const { key, quality } of keysOfTextToken(token, reading)) {
    const found = trie.words.get(key)
    if (found === undefined) continue
    for (const word of typeof found === 'number' ? [found] : found) best.set(word, Math.max(best.get(word) ?? 0, quality))
  }
  const readings = best.size === 0 ? none : [...best].map(([word, quality]) => ({ word, quality }))
  known.set(token.text, readings)
  return readings
}

/** 1 where a word starts. Only Han runs are segmented. */
export function chineseWordStarts(tokens: readonly Token[]): Uint8Array {
  const starts = new Uint8Array(tokens.length).fill(1)
  for (let from = 0; from < tokens.length;) {
    let to = from
    while (to < tokens.length && tokens[to]?.script === 'han' && (to === from || tokens[to]?.joined === 'touching')) to++
    if (to === from) {
      from++
      continue
    }
    let at = from
    const run = tokens.slice(from, to).map((token) => token.text)
    starts.fill(0, from, to)
    for (const word of segmentChinese(run.join(''))) {
      if (at < to) starts[at] = 1
      at += Math.max(1, [...word].length)
    }
    from = to
  }
  return starts
}
