import type { Language } from '@siku/contracts'
import type { FaultPart } from './errors.ts'
import { cleanLabel, labelKey } from './label-key.ts'
import { findLabelFault } from './overlay-label.ts'
import type { ChangeFault, OverlayChange } from './overlay.ts'
import type { Concept, LabelRule, LabelTreatment, ThesaurusSource } from './types.ts'

type Applied = { source: ThesaurusSource; faults: (Omit<ChangeFault, 'about'> & { about: FaultPart; change: number })[] }
type Of<K extends OverlayChange['kind']> = Extract<OverlayChange, { kind: K }>
type Draft = { concepts: Map<string, Concept>; added: Concept[]; rules: LabelRule[]; fields: ReadonlySet<string>; line: number }
type Refusal = ChangeFault | undefined

/** Makes the changes one after the other, on copies; a change that has nothing to change is a fault. */
export function applyOverlay(source: ThesaurusSource, changes: readonly OverlayChange[]): Applied {
  const draft: Draft = {
    concepts: new Map(source.concepts.map((concept) => [concept.id, concept])),
    added: [],
    rules: [...source.labelRules],
    fields: new Set(source.fields.map(({ field }) => field)),
    line: 0
  }
  const faults: Applied['faults'] = []
  changes.forEach((change, at) => {
    draft.line = at + 1
    const refused = applyOne(draft, change)
    if (refused) faults.push({ ...refused, about: refused.about as FaultPart, change: at })
  })
  return { source: { ...source, concepts: [...draft.concepts.values(), ...draft.added], labelRules: draft.rules }, faults }
}

function applyOne(draft: Draft, change: OverlayChange): Refusal {
  if (change.kind === 'add-concept') return addConcept(draft, change)
  const concept = draft.concepts.get(change.concept)
  if (!concept) {
    return { about: 'concept', fault: `concept "${change.concept}" does not exist`, remedy: 'Name an id of /v1/thesaurus/concepts' }
  }
  if (change.kind === 'add-label') return addLabel(draft, concept, change)
  if (change.kind === 'remove-label') return removeLabel(draft, concept, change)
  if (change.kind === 'add-relation') return addRelation(draft, concept, change)
  if (change.kind === 'remove-relation') return removeRelation(draft, concept, change)
  return retire(draft, concept)
}

const originAt = ({ line }: Draft) => ({ file: 'overlay', line })
const put = (draft: Draft, concept: Concept) => void draft.concepts.set(concept.id, { ...concept, origin: originAt(draft) })

/** One with a known id is left to the check of the whole, which says where the other stands. */
function addConcept(draft: Draft, { concept, treatments = [] }: Of<'add-concept'>): Refusal {
  const labels = cleanLabels(concept.labels)
  const unfit = findUnfit(labels)
  if (unfit) return unfit
  const made: Concept = { ...concept, labels, origin: originAt(draft) }
  if (!draft.fields.has(concept.field)) {
    return { about: 'field', fault: `field "${concept.field}" does not exist`, remedy: `Use one of ${[...draft.fields].join(', ')}` }
  }
  if (draft.concepts.has(made.id)) draft.added.push(made)
  else draft.concepts.set(made.id, made)
  for (const { language, label, treatment } of treatments) declare(draft, { language, label: cleanLabel(label), treatment })
  return undefined
}

/** As the files are read: a language without a label is left out. */
function cleanLabels(labels: Concept['labels']): Concept['labels'] {
  const lists = Object.entries(labels).map(([language, list]) => [language, list.map(cleanLabel)] as const)
  return Object.fromEntries(lists.filter(([, list]) => list.length > 0))
}

function findUnfit(labels: Concept['labels']): Refusal {
  for (const [language, list] of Object.entries(labels)) {
    for (const label of list) {
      const unfit = findLabelFault(language as Language, label)
      if (unfit) return unfit
    }
  }
  return undefined
}

function addLabel(draft: Draft, concept: Concept, { language, label, preferred, treatment }: Of<'add-label'>): Refusal {
  const clean = cleanLabel(label)
  const unfit = findLabelFault(language, clean)
  if (unfit) return unfit
  const known = concept.labels[language] ?? []
  if (known.some((one) => isSame(language, one, clean)) && !preferred) {
    return { about: 'label', fault: `"${concept.id}" has the label "${clean}" already`, remedy: 'Leave it, or send it as preferred' }
  }
  const others = known.filter((one) => !isSame(language, one, clean))
  put(draft, { ...concept, labels: { ...concept.labels, [language]: preferred ? [clean, ...others] : [...others, clean] } })
  if (treatment) declare(draft, { language, label: clean, treatment })
  return undefined
}

function removeLabel(draft: Draft, concept: Concept, { language, label }: Of<'remove-label'>): Refusal {
  const known = concept.labels[language] ?? []
  const left = known.filter((one) => !isSame(language, one, cleanLabel(label)))
  if (left.length === known.length) {
    return { about: 'label', fault: `"${concept.id}" has no label "${label}" in ${language}`, remedy: 'Name one of its labels' }
  }
  const { [language]: _, ...others } = concept.labels
  put(draft, { ...concept, labels: left.length > 0 ? { ...others, [language]: left } : others })
  releaseRules(draft, concept.id, [[language, label]])
  return undefined
}

function addRelation(draft: Draft, concept: Concept, { relation, target }: Of<'add-relation'>): Refusal {
  if (!draft.concepts.has(target)) {
    return { about: 'target', fault: `concept "${target}" does not exist`, remedy: 'Name an id of /v1/thesaurus/concepts' }
  }
  if (hasRelation(concept, relation, target)) {
    return { about: 'target', fault: `"${concept.id}" has this relation to "${target}" already`, remedy: 'Leave it' }
  }
  if (relation === 'broader') put(draft, { ...concept, broader: [...concept.broader, target] })
  else put(draft, { ...concept, relations: [...concept.relations, { kind: relation, target }] })
  return undefined
}

function removeRelation(draft: Draft, concept: Concept, { relation, target }: Of<'remove-relation'>): Refusal {
  if (!hasRelation(concept, relation, target)) {
    return { about: 'target', fault: `"${concept.id}" has no such relation to "${target}"`, remedy: 'Name one of its relations' }
  }
  if (relation === 'broader') put(draft, { ...concept, broader: concept.broader.filter((id) => id !== target) })
  else put(draft, { ...concept, relations: concept.relations.filter((one) => one.kind !== relation || one.target !== target) })
  return undefined
}

const hasRelation = ({ broader, relations }: Concept, relation: string, target: string): boolean =>
  relation === 'broader' ? broader.includes(target) : relations.some((one) => one.kind === relation && one.target === target)

/** What stood below it moves up to what it stood below; what pointed at it points there no more. */
function retire(draft: Draft, gone: Concept): Refusal {
  draft.concepts.delete(gone.id)
  for (const concept of draft.concepts.values()) {
    const isBelow = concept.broader.includes(gone.id)
    const points = concept.relations.some(({ target }) => target === gone.id)
    if (!isBelow && !points) continue
    const broader = isBelow ? [...new Set(concept.broader.flatMap((id) => (id === gone.id ? gone.broader : [id])))] : concept.broader
    put(draft, { ...concept, broader, relations: concept.relations.filter(({ target }) => target !== gone.id) })
  }
  const labels = Object.entries(gone.labels) as [Language, string[]][]
  releaseRules(
    draft,
    gone.id,
    labels.flatMap(([language, list]) => list.map((label): [Language, string] => [language, label]))
  )
  return undefined
}

const isSame = (language: Language, one: string, other: string): boolean => labelKey(language, one) === labelKey(language, other)

/** Writes down how a label is to be read, and for `senses` all who have it now. */
function declare(draft: Draft, { language, label, treatment }: { language: Language; label: string; treatment: LabelTreatment }): void {
  const holders = [...draft.concepts.values(), ...draft.added].filter((one) =>
    one.labels[language]?.some((own) => isSame(language, own, label))
  )
  const concepts = [...new Set(holders.map(({ id }) => id))]
  const isIts = (rule: LabelRule) => rule.language === language && rule.treatment === treatment && isSame(language, rule.label, label)
  draft.rules = [...draft.rules.filter((rule) => !isIts(rule)), { language, label, treatment, concepts, origin: originAt(draft) }]
}

/** A rule ends with the last concept that has its label; of senses, one left is no ambiguity. */
function releaseRules(draft: Draft, id: string, labels: readonly [Language, string][]): void {
  const keys = new Set(labels.map(([language, label]) => labelKey(language, cleanLabel(label))))
  draft.rules = draft.rules.flatMap((rule) => {
    const key = labelKey(rule.language, rule.label)
    if (!keys.has(key) && !rule.concepts.includes(id)) return [rule]
    const concepts = rule.concepts.filter((one) => one !== id)
    const isHeld = [...draft.concepts.values()].some((one) =>
      one.labels[rule.language]?.some((own) => labelKey(rule.language, own) === key)
    )
    return isHeld && (rule.treatment !== 'senses' || concepts.length > 1) ? [{ ...rule, concepts }] : []
  })
}
