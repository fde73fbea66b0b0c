import { languages } from '@siku/contracts'
import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { annotate } from './annotate.ts'
import { labelOf } from './labels.ts'
import type { Thesaurus } from './types.ts'

/**
 * Files the labels and reads the models and dictionaries that a process reads at its first text of each language, seconds of work in all,
 * so that nobody waits for it: for servers, at their start. Others get their turn between two languages.
 */
export async function warmUp(thesaurus: Thesaurus): Promise<void> {
  const [first] = thesaurus.conceptIds
  if (first === undefined) return
  for (const language of languages) {
    await yieldToOthers()
    annotate(thesaurus, { language, fields: [{ field: 'text', text: labelOf(thesaurus, first, language), weight: 1 }] })
  }
}
