import { languages } from '@siku/contracts'
import { labelKey } from './label-key.ts'
import type { Concept } from './types.ts'

export type LabelIndex = {
  /** The key of every label: concept by concept, language by language, in the order of the cell. */
  keys: string[]
  /** Who has the label; a list where several do. */
  users: Map<string, Concept | Concept[]>
}

/** Keys are made once and used by every check and by the compiler. */
export function indexLabels(concepts: readonly Concept[]): LabelIndex {
  const keys: string[] = []
  const users = new Map<string, Concept | Concept[]>()
  for (const concept of concepts) {
    for (const language of languages) {
      for (const label of concept.labels[language] ?? []) {
        const key = labelKey(language, label)
        keys.push(key)
        const known = users.get(key)
        if (known === undefined) users.set(key, concept)
        else if (Array.isArray(known)) known.push(concept)
        else if (known !== concept) users.set(key, [known, concept])
      }
    }
  }
  return { keys, users }
}
