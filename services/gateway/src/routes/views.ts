import type { Static } from 'typebox'
import type { OrganisationRow } from '../accounts/account-rows.ts'
import { nameOf } from '../accounts/actor-of.ts'
import type { Organisation } from './schemas.ts'

type OrganisationView = Static<typeof Organisation>

export function toOrganisation(row: OrganisationRow): OrganisationView {
  const { applicantName, applicantEmail, applicantLanguage, seatsStaff: _seats, type, ...rest } = row
  const applicant =
    applicantName === null || applicantEmail === null
      ? null
      : { displayName: applicantName, email: applicantEmail, language: applicantLanguage ?? 'en' }
  return { ...rest, type: type as OrganisationView['type'], name: nameOf(row), applicant }
}
