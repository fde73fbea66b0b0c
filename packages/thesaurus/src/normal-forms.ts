import { findLanguage } from '@siku/contracts'
import { scripts, type Script } from './character-classes.ts'
import { normalForm } from './normal-form.ts'
import { normaliseText } from './normalise-text.ts'
import { addTokens, clearTokens, createTokens, tokenOf } from './tokens.ts'
import { startsWord } from './word-starts.ts'

const tokens = createTokens()

/**
 * Stems and segments of a text in the order they stand, for the people's text index: the same for a record and for a query.
 * Figures and model numbers are kept as written.
 */
export function normalForms(text: string, language: string): string[] {
  const own = findLanguage(language) ?? null
  const source = normaliseText(text)
  clearTokens(tokens)
  const base = addTokens(tokens, source.text)
  const { scripts: scriptOf, starts, ends, count } = tokens
  const range = { tokens, first: 0, last: count, base }
  const forms: string[] = []
  for (let at = 0; at < count;) {
    const script = (scriptOf[at] ?? 0) as Script
    let end = at + 1
    if (script === scripts.han) while (end < count && scriptOf[end] === scripts.han && !startsWord(range, end)) end++
    const isKept = script === scripts.digits || script === scripts.other
    const word = script === scripts.han ? source.text.slice(starts[at], ends[end - 1]) : tokenOf(tokens, at, source.text).lower
    if (isKept || (script === scripts.han && word.length === 1)) forms.push(word)
    else {
      const form = normalForm(word, script, own)
      if (form) forms.push(form.term)
    }
    at = end
  }
  return forms
}
