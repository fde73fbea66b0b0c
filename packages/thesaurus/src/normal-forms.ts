import { findLanguage } from '@siku/contracts'
import { normalForm } from './collect-terms.ts'
import { normaliseText } from './normalise-text.ts'
import { chineseWordStarts } from './read-field.ts'
import { tokenise } from './tokenise.ts'

/**
 * Stems and segments of a text in the order they stand, for the people's text index: the same for a record and for a query.
 * Figures and model numbers are kept as written.
 */
export function normalForms(text: string, language: string): string[] {
  const own = findLanguage(language) ?? null
  const tokens = tokenise(normaliseText(text))
  const starts = chineseWordStarts(tokens)
  const forms: string[] = []
  for (let at = 0; at < tokens.length;) {
    const token = tokens[at]
    let end = at + 1
    if (token?.script === 'han') while (tokens[end]?.script === 'han' && starts[end] === 0) end++
    const word = tokens
      .slice(at, end)
      .map((part) => part.lower)
      .join('')
    if (token?.script === 'digits' || token?.script === 'other') forms.push(word)
    else if (token?.script === 'han' && word.length === 1) forms.push(word)
    else if (token) {
      const form = normalForm(word, token.script, own)
      if (form) forms.push(form.term)
    }
    at = end
  }
  return forms
}
