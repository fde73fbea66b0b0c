import type { Draft, Violation } from '@siku/contracts'
import { defineLibrary, passages } from '@siku/library-kit'
import { InstitutionDetails } from './details.ts'

type InstitutionDraft = Draft & { details: InstitutionDetails }

export default defineLibrary<InstitutionDetails>({
  name: 'platform-institutions',
  title: 'Platform institutions (平台机构库)',
  description: 'Who helps companies abroad: services, countries, languages, credentials, capacity and track record.',
  details: InstitutionDetails,
  check: checkInstitution,
  publish: ({ details }) => ({
    more: passages(details, ['trackRecord/*/outcome', 'credentials/*/name', 'branches/*/city']),
    services: [...new Set([...details.services, ...details.coverage.flatMap((line) => line.services)])],
    serviceCountries: [...new Set(details.coverage.map((line) => line.country))],
    standards: (details.credentials ?? []).map((credential) => credential.name),
    seeks: null
  }),
  validity: { ageing: [{ afterDays: 365, does: 'expire' }], renewalsMax: null, renewableDaysBefore: null },
  controlStateFor: () => 'not-applicable',
  // An institution counts as long as every credential it shows is in force.
  endsOn: ({ details }) =>
    (details.credentials ?? []).flatMap(({ validTo }) => (validTo === undefined ? [] : [validTo])).toSorted()[0] ?? null
})

function checkInstitution({ details }: InstitutionDraft, today: string): Violation[] {
  const violations: Violation[] = []
  for (const [index, { validTo }] of (details.credentials ?? []).entries()) {
    if (validTo !== undefined && validTo < today)
      violations.push({
        pointer: `/details/credentials/${index}/validTo`,
        detail: `ran out on ${validTo}; leave it out or give the renewed one`
      })
  }
  if (details.services.length === 0) violations.push({ pointer: '/details/services', detail: 'name at least one service' })
  for (const [index, { services }] of details.coverage.entries()) {
    if (services.length === 0) violations.push({ pointer: `/details/coverage/${index}/services`, detail: 'name what is offered there' })
  }
  return violations
}
