import type { Language } from '@siku/contracts'
import { scripts } from './character-classes.ts'
import { normalForm } from './normal-form.ts'
import { normaliseText } from './normalise-text.ts'

const scriptsOfRuns = [
  [scripts.arabic, /\p{Script=Arabic}/u],
  [scripts.cyrillic, /\p{Script=Cyrillic}/u],
  [scripts.latin, /\p{Script=Latin}/u]
] as const
const runs = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{M}])+/gu

/**
 * Reads labels as the words by which a text is compared with them: stems, and for Chinese pairs of neighbouring characters, which need
 * no segmenter and meet also where two writers cut a word differently (Nie, Gao, Zhang and Zhou 2000). Labels have no figures to mind and
 * no spans to keep; they are many and their words are few, so each word is brought to its form once.
 */
export function createLabelTopicWords(language: Language): (label: string) => string[] {
  const forms = new Map<string, string>()
  return (label) => {
    const words: string[] = []
    for (const run of normaliseText(label).text.toLowerCase().match(runs) ?? []) {
      const script = scriptsOfRuns.find(([, letters]) => letters.test(run))?.[0]
      if (!script) {
        const characters = [...run]
        for (let at = 0; at + 1 < characters.length; at++) words.push(`${characters[at]}${characters[at + 1]}`)
        continue
      }
      const form = forms.get(run) ?? normalForm(run, script, language)?.term ?? ''
      forms.set(run, form)
      if (form !== '') words.push(form)
    }
    return words
  }
}
