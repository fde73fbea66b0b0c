import type { Draft, Violation } from '@siku/contracts'
import { defineLibrary, passages } from '@siku/library-kit'
import { ResultDetails } from './details.ts'

type ResultDraft = Draft & { details: ResultDetails }

export default defineLibrary<ResultDetails>({
  name: 'project-results',
  title: 'Project results (项目成果库)',
  description: 'Past and running cooperation: what was achieved, with whom, how well it is proven; the precedents others follow.',
  details: ResultDetails,
  check: checkResult,
  publish: ({ details }) => ({
    more: passages(details, ['lessons', 'impact/*/measure', 'project/programme']),
    stage: details.maturity ?? null,
    serviceCountries: details.countries,
    seeks: null
  }),
  // What was achieved does not expire.
  validity: { ageing: [], renewalsMax: null, renewableDaysBefore: null },
  controlStateFor: () => 'not-applicable'
})

function checkResult({ details, visibility }: ResultDraft, today: string): Violation[] {
  const violations: Violation[] = []
  const { startsOn, endsOn } = details.project ?? {}
  if (startsOn !== undefined && endsOn !== undefined && endsOn < startsOn)
    violations.push({ pointer: '/details/project/endsOn', detail: `must not be before ${startsOn}` })
  if (details.countries.length === 0) violations.push({ pointer: '/details/countries', detail: 'name at least one country it was done in' })
  const embargo = details.embargoUntil
  if (embargo !== undefined && embargo > today && visibility !== 'staff') {
    violations.push({ pointer: '/visibility', detail: `under embargo until ${embargo}: only \`staff\` until then` })
  }
  if (visibility.startsWith('public') && details.partners?.length && details.partnersConsent !== true) {
    violations.push({ pointer: '/details/partnersConsent', detail: 'must be true before a result that names partners is public' })
  }
  return violations
}
