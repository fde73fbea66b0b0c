import type { Language } from '@siku/contracts'
import { derivedGroup, derivedKey, waitingGroup } from './word-keys.ts'

/** The words of all labels, by number, and the keys of every spelling that leads to them. */
export type WordTable = {
  numberOf(key: string): number
  alias(key: string, word: number): void
  derive(lower: string, language: Language, word: number): void
  /** The word, or the words, that a key of a text may mean. */
  find(key: string): WordNumbers
  /** The words of single Chinese characters of the basic plane, by their unit. */
  characters(): Int32Array
  isCharacter(word: number): boolean
}

export type WordNumbers = number | readonly number[] | undefined

type Waiting = { lower: string; language: Language; word: number }

export function createWordTable(): WordTable {
  const words = new Map<string, number | number[]>()
  const waiting = new Map<string, Waiting[]>()
  const characters = new Map<number, string>()
  let count = 0

  function alias(key: string, word: number): void {
    const known = words.get(key)
    if (known === undefined) words.set(key, word)
    else if (typeof known === 'number') {
      if (known !== word) words.set(key, [known, word])
    } else if (!known.includes(word)) known.push(word)
  }

  /** In the order in which they were filed, as if it had been done at once. */
  function settle(group: string): void {
    for (const { lower, language, word } of waiting.get(group) ?? []) {
      const key = derivedKey(lower, language)
      if (key !== undefined) alias(key, word)
    }
    waiting.delete(group)
  }

  return {
    // Words have keys of their own kind, under which no other spelling is filed: what is known has one number.
    numberOf(key) {
      const known = words.get(key)
      if (typeof known === 'number') return known
      words.set(key, ++count)
      if (key.startsWith('h:')) characters.set(count, key)
      return count
    },
    alias,
    derive(lower, language, word) {
      if (language === 'ru' || language === 'ar') return
      const group = waitingGroup(lower, language)
      const others = waiting.get(group)
      if (others) others.push({ lower, language, word })
      else waiting.set(group, [{ lower, language, word }])
    },
    find(key) {
      const group = derivedGroup(key)
      if (group !== undefined && waiting.has(group)) settle(group)
      return words.get(key)
    },
    characters() {
      const numbers = new Int32Array(0x10000)
      for (const [word, key] of characters) if (key.length === 3) numbers[key.charCodeAt(2)] = word
      return numbers
    },
    isCharacter: (word) => characters.has(word)
  }
}
