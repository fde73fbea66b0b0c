import type { Language } from '@siku/contracts'
import { annotate, detectLanguage, normalForms, type Thesaurus } from '@siku/thesaurus'

export type ReadQuery = { language: Language; terms: string[]; concepts: { id: string; weight: number }[] }

/**
 * A query read as a record is read: words in their normal forms and the concepts behind them, so that a French question finds a Chinese
 * record. Where a few words do not tell their language, the reader's own counts beside what they look like.
 */
export function readQuery(thesaurus: Thesaurus, text: string, readerLanguage: Language): ReadQuery {
  const { language: detected, reliable } = detectLanguage(text)
  const own = detected !== null && reliable ? [detected] : [...new Set([readerLanguage, ...(detected === null ? [] : [detected])])]
  const [language = readerLanguage] = own
  const found = annotate(thesaurus, { language, fields: [{ field: 'query', text, weight: 1 }] })
  return {
    language,
    terms: [...new Set(own.flatMap((one) => normalForms(text, one)))],
    concepts: found.concepts.map(({ id, weight }) => ({ id, weight }))
  }
}
