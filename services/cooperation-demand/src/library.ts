import type { Draft, Violation } from '@siku/contracts'
import { defineLibrary, passages } from '@siku/library-kit'
import { DemandDetails } from './details.ts'

type DemandDraft = Draft & { details: DemandDetails }

const textFields = [
  'problem',
  'currentSituation',
  'specification',
  'criteria/*/text',
  'successCriteria/*',
  'siteConditions',
  'localContentRule',
  'partner/role'
]

export default defineLibrary<DemandDetails>({
  name: 'cooperation-demand',
  title: 'Cooperation demand (合作需求库)',
  description:
    'What partner countries ask for, and what Beijing asks for abroad: technology, research partners, facilities, training, parks, investment.',
  details: DemandDetails,
  check: checkDemand,
  publish: ({ details }) => ({
    more: passages(details, textFields),
    trl: details.trlMin ?? null,
    cooperationModes: details.cooperationModes ?? [],
    partnerTypes: details.partner?.types ?? [],
    criteria: details.criteria ?? [],
    standards: details.localStandards ?? [],
    seeks: details.seeks,
    deadline: details.timeline?.responseDeadline ?? details.timeline?.callDeadline ?? null
  }),
  // Re-confirmed every 90 days; nobody waits longer for an answer that cannot come.
  validity: {
    ageing: [
      { afterDays: 90, does: 'close' },
      { afterDays: 120, does: 'pause' }
    ],
    renewalsMax: null,
    renewableDaysBefore: null
  },
  controlStateFor: () => 'not-applicable'
})

function checkDemand({ details }: DemandDraft, today: string): Violation[] {
  return [...checkTimeline(details, today), ...checkCriteria(details), ...checkBudget(details)]
}

function checkTimeline({ timeline = {} }: DemandDetails, today: string): Violation[] {
  const violations: Violation[] = []
  const { responseDeadline, callDeadline } = timeline
  for (const [name, day] of Object.entries({ responseDeadline, callDeadline })) {
    if (day !== undefined && day < today)
      violations.push({ pointer: `/details/timeline/${name}`, detail: `${day} has passed; give a day from ${today} on` })
  }
  if (responseDeadline !== undefined && callDeadline !== undefined && responseDeadline > callDeadline) {
    violations.push({ pointer: '/details/timeline/responseDeadline', detail: `must not be after the call closes on ${callDeadline}` })
  }
  return violations
}

function checkCriteria({ criteria = [] }: DemandDetails): Violation[] {
  return criteria.flatMap(({ operator, value, valueMax, unit, parameter }, index) => {
    const at = `/details/criteria/${index}`
    if ((operator !== undefined || unit !== undefined) && value === undefined)
      return [{ pointer: `${at}/value`, detail: 'a criterion with an operator or unit needs a value' }]
    if (value !== undefined && parameter === undefined) return [{ pointer: `${at}/parameter`, detail: 'say what the value measures' }]
    if (operator === 'between' && (valueMax === undefined || valueMax < (value ?? 0)))
      return [{ pointer: `${at}/valueMax`, detail: '`between` needs a value and a valueMax that is not smaller' }]
    if (operator !== 'between' && valueMax !== undefined)
      return [{ pointer: `${at}/valueMax`, detail: 'an upper end belongs to the operator `between` only' }]
    return []
  })
}

function checkBudget({ budget }: DemandDetails): Violation[] {
  if (!budget) return []
  const { min, max, currency } = budget
  if (min && max && max.amountMinor < min.amountMinor) return [{ pointer: '/details/budget/max', detail: 'must not be below the minimum' }]
  const other = [min, max].find((amount) => amount !== undefined && amount.currency !== currency)
  return other
    ? [{ pointer: '/details/budget/currency', detail: `all amounts of a budget are in one currency; one is in ${other.currency}` }]
    : []
}
