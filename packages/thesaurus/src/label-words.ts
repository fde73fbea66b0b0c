import type { Language } from '@siku/contracts'
import { isPlain, scriptAt, scripts } from './character-classes.ts'
import type { TrieBuilder } from './label-trie.ts'
import { isLabelFiller, keysOfLabelToken, type LabelCase } from './token-keys.ts'
import type { Token } from './tokens.ts'

/** A word of labels of one language; `token` is where it was met first. */
export type LabelWord = { token: Token; isFiller: boolean; numbers: Partial<Record<LabelCase, number>> }

export type LabelWords = {
  /** The words that carry a label: without its function words, unless it has no others. */
  carrying(tokens: readonly Token[], language: Language): LabelWord[]
  /** The number under which a word is filed. */
  numberOf(word: LabelWord, language: Language, labelCase: LabelCase): number
  /** The words of a label of nothing but Chinese characters; undefined for any other. */
  findHan(label: string): number[] | undefined
}

/** Files the words of labels. Most words stand in many labels: each is judged, stemmed and filed once per language. */
export function createLabelWords(builder: TrieBuilder): LabelWords {
  const known = new Map<Language, Map<string, LabelWord>>()
  const hanNumbers = new Int32Array(0x10000)

  function wordsOf(language: Language): Map<string, LabelWord> {
    const words = known.get(language) ?? new Map<string, LabelWord>()
    known.set(language, words)
    return words
  }

  return {
    carrying(tokens, language) {
      const words = wordsOf(language)
      const all = tokens.map((token) => words.get(token.text) ?? meet(words, token, language))
      const carrying = all.filter((word) => !word.isFiller)
      return carrying.length > 0 ? carrying : all
    },
    numberOf: (word, language, labelCase) => (word.numbers[labelCase] ??= file(builder, word.token, { language, labelCase })),
    findHan(label) {
      if (!isPlain(label)) return undefined
      const numbers: number[] = []
      for (let unit = 0; unit < label.length; unit++) {
        if (scriptAt(label, unit) !== scripts.han) return undefined
        const code = label.charCodeAt(unit)
        numbers.push((hanNumbers[code] ||= builder.wordNumber(`h:${label.charAt(unit)}`)))
      }
      return numbers
    }
  }
}

function meet(words: Map<string, LabelWord>, token: Token, language: Language): LabelWord {
  const word = { token, isFiller: isLabelFiller(token, language), numbers: {} }
  words.set(token.text, word)
  return word
}

function file(builder: TrieBuilder, token: Token, { language, labelCase }: { language: Language; labelCase: LabelCase }): number {
  const { own, others, derives } = keysOfLabelToken(token, language, labelCase)
  const number = builder.wordNumber(own)
  for (const key of others) builder.alias(key, number)
  if (derives) builder.derive(token.lower, derives, number)
  return number
}
