import type { Draft, Violation } from '@siku/contracts'
import { defineLibrary, passages } from '@siku/library-kit'
import { TechnologyDetails } from './details.ts'

type TechnologyDraft = Draft & { details: TechnologyDetails }

const textFields = [
  'problemSolved',
  'applications/*',
  'advantages',
  'comparison/*/baseline',
  'performance/*/parameter',
  'localisation/limits',
  'localisation/trainingNeed',
  'localisation/infrastructure',
  'references/*/result',
  'partner/role',
  'support'
]

export default defineLibrary<TechnologyDetails>({
  name: 'technology-reserve',
  title: 'Technology reserve (技术储备库)',
  description: 'What Beijing can offer, and what is offered to Beijing: technologies, research capability, facilities, training.',
  details: TechnologyDetails,
  check: checkTechnology,
  publish: ({ details }) => ({
    more: passages(details, textFields),
    stage: details.stage,
    trl: details.trl ?? null,
    cooperationModes: details.cooperationModes,
    partnerTypes: details.partner?.types ?? [],
    performance: (details.performance ?? []).map(({ parameter, value, valueMax, unit }) => ({
      parameter,
      value,
      ...(valueMax === undefined ? {} : { valueMax }),
      unit
    })),
    standards: details.localisation?.standardsHeld ?? [],
    seeks: null
  }),
  validity: { ageing: [{ afterDays: 365, does: 'expire' }], renewalsMax: 1, renewableDaysBefore: 30 },
  // What a mainland organisation offers is under export control until two people say otherwise; what is offered from abroad is not.
  controlStateFor: (owner) => (owner.country === 'CN' ? 'unassessed' : 'not-applicable')
})

function checkTechnology({ details }: TechnologyDraft): Violation[] {
  const violations: Violation[] = []
  for (const [index, { value, valueMax }] of (details.performance ?? []).entries()) {
    if (valueMax !== undefined && valueMax < value) {
      violations.push({
        pointer: `/details/performance/${index}/valueMax`,
        detail: `must be at least ${value}, the lower end of the range`
      })
    }
  }
  if (details.cooperationModes.length === 0) {
    violations.push({ pointer: '/details/cooperationModes', detail: 'name at least one way of cooperation' })
  }
  return violations
}
