import { languages } from '@siku/contracts'
import { annotate } from './annotate.ts'
import { labelOf } from './labels.ts'
import type { Thesaurus } from './types.ts'

/**
 * Files the labels and reads the models and dictionaries that a process reads at its first text, about a second of work, so that nobody
 * waits for it: for servers, at their start.
 */
export function warmUp(thesaurus: Thesaurus): void {
  const [first] = thesaurus.conceptIds
  if (first === undefined) return
  for (const language of languages) {
    annotate(thesaurus, { language, fields: [{ field: 'text', text: labelOf(thesaurus, first, language), weight: 1 }] })
  }
}
