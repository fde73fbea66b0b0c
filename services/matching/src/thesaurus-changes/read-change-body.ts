import type { Violation } from '@siku/contracts'
import type { ChangeFault, OverlayChange } from '@siku/thesaurus'
import { ChangeIncomplete } from '../errors.ts'
import type { ChangeBody } from './change-schemas.ts'

type Part = Exclude<keyof ChangeBody, 'kind' | 'note'>

const takes: Record<ChangeBody['kind'], { needs: readonly Part[]; may: readonly Part[] }> = {
  'add-concept': { needs: ['newConcept'], may: [] },
  'add-label': { needs: ['concept', 'language', 'label'], may: ['preferred', 'treatment'] },
  'remove-label': { needs: ['concept', 'language', 'label'], may: [] },
  'add-relation': { needs: ['concept', 'relation', 'target'], may: [] },
  'remove-relation': { needs: ['concept', 'relation', 'target'], may: [] },
  'retire-concept': { needs: ['concept'], may: [] }
}
const parts: readonly Part[] = ['concept', 'newConcept', 'language', 'label', 'preferred', 'treatment', 'relation', 'target']

/** The change that a body asks for; a field too few or too many for its kind is refused with its pointer. */
export function readChangeBody({ note: _, ...body }: ChangeBody): OverlayChange {
  const { needs, may } = takes[body.kind]
  const errors = parts.flatMap((part): Violation[] => {
    if (needs.includes(part) && body[part] === undefined) return [{ pointer: `/${part}`, detail: `is needed to ${body.kind}` }]
    if (!needs.includes(part) && !may.includes(part) && body[part] !== undefined)
      return [{ pointer: `/${part}`, detail: `is not part of ${body.kind}; leave it out` }]
    return []
  })
  if (errors.length > 0) throw ChangeIncomplete(body.kind, needs.join(', ')).with({ errors })
  if (body.kind !== 'add-concept') return body as OverlayChange
  const { treatments, broader = [], relations = [], ...concept } = body.newConcept as NonNullable<ChangeBody['newConcept']>
  return { kind: 'add-concept', concept: { ...concept, broader, relations }, ...(treatments ? { treatments } : {}) }
}

/** Where in the body a fault lies that the check of the whole thesaurus found. */
export function pointerOf({ about }: ChangeFault, { kind, relation }: Pick<ChangeBody, 'kind' | 'relation'>): string {
  if (kind === 'add-concept') return about === 'concept' || about === 'target' ? '/newConcept' : `/newConcept/${partOfConcept[about]}`
  if (about === 'label' || about === 'treatment') return '/label'
  if (about === 'broader' || about === 'relations') return relation === undefined ? '/concept' : '/target'
  return about === 'target' ? '/target' : about === 'labels' && kind === 'remove-label' ? '/label' : '/concept'
}

const partOfConcept = {
  id: 'id',
  field: 'field',
  labels: 'labels',
  label: 'labels',
  broader: 'broader',
  relations: 'relations',
  treatment: 'treatments'
} as const

/** What would be right, said to who sends a change and not to who edits a file. */
export const remedyOf = ({ about, remedy }: ChangeFault): string =>
  about === 'label' && remedy.includes('ambiguous.tsv') ? 'Choose another label, or send it with treatment senses' : remedy
