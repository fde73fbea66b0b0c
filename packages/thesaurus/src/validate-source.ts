import { languages } from '@siku/contracts'
import type { ThesaurusFault } from './errors.ts'
import type { LabelIndex } from './label-index.ts'
import { labelKey } from './label-key.ts'
import type { Concept, ThesaurusSource } from './types.ts'

const otherLanguagesMin = 3

/** Everything that would make matching quietly wrong, found before a single text is read. */
export function faultsOf(source: ThesaurusSource, users: LabelIndex['users']): ThesaurusFault[] {
  const byId = new Map<string, Concept>()
  const faults: ThesaurusFault[] = []
  for (const concept of source.concepts) {
    const first = byId.get(concept.id)
    if (first) {
      faults.push({
        ...concept.origin,
        about: 'id',
        fault: `concept "${concept.id}" stands already in ${first.origin.file}:${first.origin.line}`,
        remedy: 'Merge the two lines or give this one another id'
      })
    } else byId.set(concept.id, concept)
  }
  for (const concept of byId.values()) faults.push(...targetFaults(concept, byId), ...languageFaults(concept))
  return [...faults, ...cycleFaults(byId), ...ambiguityFaults(source, users), ...ruleFaults(source, { byId, users })]
}

function targetFaults(concept: Concept, byId: ReadonlyMap<string, Concept>): ThesaurusFault[] {
  const faults: ThesaurusFault[] = []
  const check = (target: string, about: 'broader' | 'relations') => {
    if (byId.has(target) && target !== concept.id) return
    faults.push({
      ...concept.origin,
      about,
      fault: target === concept.id ? `"${concept.id}" points at itself` : `"${concept.id}" points at "${target}", which does not exist`,
      remedy: 'Name an existing concept id or take the relation out'
    })
  }
  for (const id of concept.broader) check(id, 'broader')
  for (const { target } of concept.relations) check(target, 'relations')
  return faults
}

function languageFaults({ labels, id, origin }: Concept): ThesaurusFault[] {
  const others = languages.filter((language) => language !== 'zh' && language !== 'en' && labels[language])
  if (labels.zh && labels.en && others.length >= otherLanguagesMin) return []
  const missing = (['zh', 'en'] as const).filter((language) => !labels[language])
  return [
    {
      ...origin,
      about: 'labels',
      fault: `"${id}" lacks labels (${missing.join(', ') || `only ${others.length} beside zh and en`})`,
      remedy: `Give labels in zh, en and at least ${otherLanguagesMin} more of fr, ru, ar, es, pt`
    }
  ]
}

function cycleFaults(byId: Map<string, Concept>): ThesaurusFault[] {
  const faults: ThesaurusFault[] = []
  const state = new Map<string, 'open' | 'done'>()
  const visit = (concept: Concept, path: string[]): void => {
    state.set(concept.id, 'open')
    for (const id of concept.broader) {
      const parent = byId.get(id)
      if (!parent) continue
      if (state.get(id) === 'open') {
        const cycle = [...path.slice(path.indexOf(id)), id].join(' > ')
        faults.push({
          ...concept.origin,
          about: 'broader',
          fault: `broader goes in a circle: ${cycle}`,
          remedy: 'Remove one of these broader entries'
        })
      } else if (!state.has(id)) visit(parent, [...path, id])
    }
    state.set(concept.id, 'done')
  }
  for (const concept of byId.values()) if (!state.has(concept.id)) visit(concept, [concept.id])
  return faults
}

/** A label that two concepts share is a decision, and has to be written down as one. */
function ambiguityFaults(source: ThesaurusSource, users: LabelIndex['users']): ThesaurusFault[] {
  const declared = new Map(
    source.labelRules
      .filter((rule) => rule.treatment === 'senses')
      .map((rule) => [labelKey(rule.language, rule.label), new Set(rule.concepts)])
  )
  const faults: ThesaurusFault[] = []
  for (const [key, concepts] of users) {
    if (!Array.isArray(concepts) || concepts.every((concept) => declared.get(key)?.has(concept.id))) continue
    const last = concepts[concepts.length - 1]
    if (!last) continue
    faults.push({
      ...last.origin,
      about: 'label',
      fault: `label "${key}" belongs to ${concepts.map((concept) => concept.id).join(' and ')} without being declared`,
      remedy: 'Take it out of all but one, or add a line with treatment senses to ambiguous.tsv'
    })
  }
  return faults
}

type Known = { byId: ReadonlyMap<string, Concept>; users: LabelIndex['users'] }

function ruleFaults(source: ThesaurusSource, { byId, users }: Known): ThesaurusFault[] {
  return source.labelRules.flatMap((rule) => {
    const lost = rule.concepts.filter((id) => !byId.has(id))
    if (lost.length > 0) {
      return [
        { ...rule.origin, fault: `"${rule.label}" names ${lost.join(', ')}, which does not exist`, remedy: 'Name existing concept ids' }
      ]
    }
    return users.has(labelKey(rule.language, rule.label))
      ? []
      : [
          {
            ...rule.origin,
            fault: `no concept has the label "${rule.label}" in ${rule.language}`,
            remedy: 'Correct the label or take the line out'
          }
        ]
  })
}
