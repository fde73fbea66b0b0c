import type { Language } from '@siku/contracts'
import { compileThesaurus, type Thesaurus } from '@siku/thesaurus'

/** Two concepts are enough to tell whether texts are annotated. */
export const tinyThesaurus: Thesaurus = compileThesaurus({
  version: 'tiny',
  fields: [{ field: 'water', weight: 1, title: { en: 'Water' } }],
  labelRules: [],
  concepts: [
    concept('desalination', { zh: ['淡化'], en: ['desalination'], fr: ['dessalement'], ru: ['опреснение'], es: ['desalinización'] }),
    concept('membrane', { zh: ['膜'], en: ['membrane'], fr: ['membrane'], ru: ['мембрана'], es: ['membrana'] })
  ]
})

function concept(id: string, labels: Partial<Record<Language, string[]>>) {
  return { id, kind: 'method' as const, field: 'water', broader: [], relations: [], labels, origin: { file: 'tiny.tsv', line: 1 } }
}
