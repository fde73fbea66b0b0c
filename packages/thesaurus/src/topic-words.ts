import type { Language } from '@siku/contracts'
import { normalForm } from './collect-terms.ts'
import { normaliseText } from './normalise-text.ts'
import { tokenise, type Token } from './tokenise.ts'

/**
 * The words by which a text is compared with the labels of concepts: stems, and for Chinese pairs of neighbouring characters, which need
 * no segmenter and meet also where two writers cut a word differently (Nie, Gao, Zhang and Zhou 2000).
 */
export function topicWords(tokens: readonly Token[], language: Language): string[] {
  const words: string[] = []
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]
    if (!token) break
    if (token.script === 'han') {
      const next = tokens[at + 1]
      if (next?.script === 'han' && next.joined === 'touching') words.push(token.text + next.text)
    } else if (token.script !== 'digits' && token.script !== 'other' && !token.filler) {
      const form = normalForm(token.lower, token.script, language)
      if (form) words.push(form.term)
    }
  }
  return words
}

/** The same of a label. */
export const labelTopicWords = (label: string, language: Language): string[] => topicWords(tokenise(normaliseText(label)), language)
