import type { Language } from '@siku/contracts'
import { ThesaurusInvalidError, type FaultPart, type ThesaurusFault } from './errors.ts'
import { compileThesaurus } from './compile-thesaurus.ts'
import { applyOverlay } from './overlay-apply.ts'
import type { Concept, LabelTreatment, RelationKind, Thesaurus, ThesaurusSource } from './types.ts'

/** A concept as it is proposed: what a line of a field's file says. */
export type ProposedConcept = Omit<Concept, 'origin'>

/** One step away from the shipped files. `treatment` declares a label that is dangerous alone, as ambiguous.tsv does. */
export type OverlayChange =
  | { kind: 'add-concept'; concept: ProposedConcept; treatments?: { language: Language; label: string; treatment: LabelTreatment }[] }
  | { kind: 'add-label'; concept: string; language: Language; label: string; preferred?: boolean; treatment?: LabelTreatment }
  | { kind: 'remove-label'; concept: string; language: Language; label: string }
  | { kind: 'add-relation'; concept: string; relation: RelationKind | 'broader'; target: string }
  | { kind: 'remove-relation'; concept: string; relation: RelationKind | 'broader'; target: string }
  | { kind: 'retire-concept'; concept: string }

/** What is wrong with a change, and with which part of it. */
export type ChangeFault = { about: FaultPart | 'concept' | 'target'; fault: string; remedy: string }

/** An edition: the shipped files and, in this order, what staff changed since. */
export type Overlay = { number: number; changes: readonly OverlayChange[] }

/** Compiles an edition. Document statistics stay those of the shipped files. Throws ThesaurusInvalidError where it does not hold together. */
export function compileEdition(shipped: Thesaurus, { number, changes }: Overlay): Thesaurus {
  const { source, faults } = applyOverlay(sourceOf(shipped), changes)
  if (faults.length > 0) throw new ThesaurusInvalidError(faults.map(({ change, ...fault }) => ({ ...fault, ...originOf(change) })))
  return compileThesaurus({ ...source, version: `${shipped.version}.${number}` }, { epoch: shipped })
}

/** What is wrong with one more change, checked as the files are; none where it may be made. */
export function faultsOfChange(shipped: Thesaurus, before: readonly OverlayChange[], change: OverlayChange): ChangeFault[] {
  const { source, faults } = applyOverlay(sourceOf(shipped), [...before, change])
  // One before it that does not hold any more is said when the edition is published: no fault of this one.
  const own = faults.filter(({ change: at }) => at === before.length)
  if (own.length > 0) return own.map(({ about, fault, remedy }) => ({ about, fault, remedy }))
  try {
    compileThesaurus(source, { epoch: shipped })
    return []
  } catch (error) {
    if (!(error instanceof ThesaurusInvalidError)) throw error
    return error.faults.map(({ about = 'labels', fault, remedy }) => ({ about, fault, remedy }))
  }
}

/** The changes that still hold on other shipped files, and those that do not: what was added may have been shipped since. */
export function keepWhatHolds(
  shipped: Thesaurus,
  changes: readonly OverlayChange[]
): { kept: OverlayChange[]; dropped: { change: OverlayChange; faults: ChangeFault[] }[] } {
  if (holdTogether(shipped, changes)) return { kept: [...changes], dropped: [] }
  const kept: OverlayChange[] = []
  const dropped: { change: OverlayChange; faults: ChangeFault[] }[] = []
  for (const change of changes) {
    const faults = faultsOfChange(shipped, kept, change)
    if (faults.length === 0) kept.push(change)
    else dropped.push({ change, faults })
  }
  return { kept, dropped }
}

function holdTogether(shipped: Thesaurus, changes: readonly OverlayChange[]): boolean {
  try {
    compileEdition(shipped, { number: 0, changes })
    return true
  } catch (error) {
    if (error instanceof ThesaurusInvalidError) return false
    throw error
  }
}

const sourceOf = ({ version, fields, concepts, labelRules }: Thesaurus): ThesaurusSource => ({ version, fields, concepts, labelRules })

const originOf = (change: number): Pick<ThesaurusFault, 'file' | 'line'> => ({ file: 'overlay', line: change + 1 })
