import { findLanguage, languages, type Language } from '@siku/contracts'
import { languageBesides } from './annotate.ts'
import { assembleThesaurus } from './compile-thesaurus.ts'
import { findLabels } from './find-labels.ts'
import { indexLabels } from './label-index.ts'
import { labelKey } from './label-key.ts'
import { readField } from './read-field.ts'
import { clearTokens, createTokens } from './tokens.ts'
import type { AnnotateInput, Concept, LabelRule, Thesaurus } from './types.ts'

/** Which records a newer edition concerns: those it may read otherwise than the older one did. */
export type Reach = {
  /** Concepts whose labels, relations or kind are others now: whoever carries one is concerned. */
  concepts: string[]
  /** Whether a text says a label that came or went. */
  meets: (input: AnnotateInput) => boolean
}

/** Everything else an annotation depends on (the statistics of the epoch) is the same in both, as long as both have the same epoch. */
export function reachBetween(before: Thesaurus, after: Thesaurus): Reach {
  const changed = new Set<string>()
  const labels = createLabelList()
  for (const id of new Set([...before.conceptIds, ...after.conceptIds])) {
    const [was, is] = [conceptOf(before, id), conceptOf(after, id)]
    if (was === is) continue
    if (!was || !is || !isLike(was, is)) changed.add(id)
    for (const language of languages) labels.addDifference(language, was?.labels[language], is?.labels[language])
  }
  for (const rule of rulesThatDiffer(before.labelRules, after.labelRules)) {
    labels.add(rule.language, rule.label)
    for (const id of rule.concepts) changed.add(id)
  }
  return { concepts: [...changed].sort(), meets: readerOf(labels.list, after) }
}

const epochOf = (thesaurus: Thesaurus): Thesaurus => thesaurus.epoch ?? thesaurus

/** Whether the two count by the same statistics; across an epoch every record is concerned. */
export const isSameEpoch = (one: Thesaurus, other: Thesaurus): boolean => epochOf(one).edition === epochOf(other).edition

function conceptOf({ positions, concepts }: Thesaurus, id: string): Concept | undefined {
  return concepts[positions.get(id) ?? -1]
}

const isLike = ({ origin: _, ...one }: Concept, { origin: __, ...other }: Concept): boolean => JSON.stringify(one) === JSON.stringify(other)

function createLabelList() {
  const list = new Map<string, { language: Language; label: string }>()
  const add = (language: Language, label: string) => void list.set(labelKey(language, label), { language, label })
  return {
    list,
    add,
    addDifference: (language: Language, was: readonly string[] = [], is: readonly string[] = []) => {
      for (const label of was) if (!is.includes(label)) add(language, label)
      for (const label of is) if (!was.includes(label)) add(language, label)
    }
  }
}

function rulesThatDiffer(before: readonly LabelRule[], after: readonly LabelRule[]): LabelRule[] {
  const keyOf = ({ origin: _, ...rule }: LabelRule) => JSON.stringify(rule)
  const [was, is] = [new Set(before.map(keyOf)), new Set(after.map(keyOf))]
  return [...before.filter((rule) => !is.has(keyOf(rule))), ...after.filter((rule) => !was.has(keyOf(rule)))]
}

const tokens = createTokens()

/** Reads texts for these labels alone, as the annotator reads them for all: where one may be meant, the text is concerned. */
function readerOf(list: ReadonlyMap<string, { language: Language; label: string }>, like: Thesaurus): Reach['meets'] {
  if (list.size === 0) return () => false
  const labels: Partial<Record<Language, string[]>> = {}
  for (const { language, label } of list.values()) labels[language] = [...(labels[language] ?? []), label]
  const only: Concept = { id: 'changed', kind: 'problem', field: '', broader: [], relations: [], labels, origin: { file: '', line: 0 } }
  const rules = like.labelRules.filter((rule) => list.has(labelKey(rule.language, rule.label)))
  const source = { version: '', fields: [], concepts: [only], labelRules: rules }
  const thesaurus = assembleThesaurus(source, { keys: indexLabels([only]).keys })
  return (input) => {
    const declared = findLanguage(input.language) ?? null
    const detected = languageBesides(input, declared)
    clearTokens(tokens)
    return input.fields.some((field) => findLabels(readField(field, thesaurus.trie, tokens, { declared, detected }), thesaurus).count > 0)
  }
}
