import type { Language } from '@siku/contracts'
import { normalForm } from './collect-terms.ts'
import { normaliseText } from './normalise-text.ts'
import type { Token } from './tokenise.ts'

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

const scripts = [
  ['arabic', /\p{Script=Arabic}/u],
  ['cyrillic', /\p{Script=Cyrillic}/u],
  ['latin', /\p{Script=Latin}/u]
] as const
const runs = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{M}])+/gu

/** Labels are many and their words are few, so each word is brought to its form once. */
const forms = new Map<Language, Map<string, string>>()

/** The same of a label, which has no figures to mind and no spans to keep. */
export function labelTopicWords(label: string, language: Language): string[] {
  const known = forms.get(language) ?? new Map<string, string>()
  forms.set(language, known)
  const words: string[] = []
  for (const run of normaliseText(label).text.toLowerCase().match(runs) ?? []) {
    const script = scripts.find(([, letters]) => letters.test(run))?.[0]
    if (!script) {
      const characters = [...run]
      for (let at = 0; at + 1 < characters.length; at++) words.push(`${characters[at]}${characters[at + 1]}`)
      continue
    }
    const form = known.get(run) ?? normalForm(run, script, language)?.term ?? ''
    known.set(run, form)
    if (form !== '') words.push(form)
  }
  return words
}
