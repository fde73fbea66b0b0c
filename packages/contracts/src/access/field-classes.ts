import type { Actor } from '../actor.ts'
import type { FieldClass } from '../schema.ts'
import type { Role } from './roles.ts'

/** Who sees which class of field. Contact values live in their own store and are read by their own route. */
const staffSees: readonly { fieldClass: FieldClass; roles: readonly Role[] }[] = [
  { fieldClass: 'confidential', roles: ['intake', 'reviewer', 'senior-reviewer', 'compliance', 'match-officer', 'commission-admin', 'auditor'] },
  { fieldClass: 'review', roles: ['intake', 'reviewer', 'senior-reviewer', 'compliance', 'match-officer', 'district-officer', 'commission-admin', 'auditor'] },
  { fieldClass: 'internal', roles: ['intake', 'reviewer', 'senior-reviewer', 'compliance', 'match-officer', 'district-officer', 'commission-admin', 'auditor'] },
  { fieldClass: 'contact', roles: ['intake', 'match-officer', 'commission-admin'] }
]

/** Classes of field this actor sees of a record; owners see their own confidential text, never notes of the review. */
export function visibleFieldClasses(actor: Actor, ownerOrganisationId: string | null): Set<FieldClass> {
  const seen = new Set<FieldClass>(['public'])
  if (actor.kind === 'service') return new Set(['public', 'confidential', 'internal'])
  if (actor.organisationId !== null && actor.organisationId === ownerOrganisationId) {
    seen.add('confidential').add('contact')
  }
  for (const line of staffSees) if (line.roles.some((role) => actor.roles.includes(role))) seen.add(line.fieldClass)
  return seen
}

/** What of a match a reader sees: staff everything; the technology's owner the demand and the band; nobody else a line. */
export type MatchView = 'full' | 'supplier' | 'count' | 'none'
