import type { LibraryName } from '../libraries.ts'
import { ownerRoles, staffRoles, type Role, type ServiceIdentity } from './roles.ts'

/** Whose record: one's own organisation's, one that the reader may see in public, or anybody's. */
export type Whose = 'own' | 'visible' | 'any'

/** One line of THE access table: these may do this, to whose records, in which states. What has no line is refused. */
export type AccessLine = {
  action: string
  who: readonly (Role | ServiceIdentity | 'anyone' | 'signed-in')[]
  whose: Whose
  /** Working or record states in which it may be done; absent = any that the state table allows. */
  states?: readonly string[]
  libraries?: readonly LibraryName[]
  /** The author of the working version may not. */
  notAuthor?: true
}

const writers = ['member', 'org-admin', 'mission-officer', 'institution-editor'] as const
const desk = ['intake', 'reviewer', 'senior-reviewer', 'commission-admin'] as const
const approvers = ['reviewer', 'senior-reviewer', 'commission-admin'] as const
const deciders = ['match-officer', 'reviewer', 'senior-reviewer', 'commission-admin'] as const
const readers = staffRoles

export const accessTable: readonly AccessLine[] = [
  { action: 'health.read', who: ['anyone'], whose: 'any' },
  { action: 'vocabulary.read', who: ['anyone'], whose: 'any' },
  { action: 'search.query', who: ['anyone'], whose: 'visible' },

  { action: 'record.list', who: ['anyone'], whose: 'visible' },
  { action: 'record.read', who: ['anyone'], whose: 'visible' },
  { action: 'record.read', who: readers, whose: 'any' },
  { action: 'record.read', who: ownerRoles, whose: 'own' },
  { action: 'record.read-working', who: ownerRoles, whose: 'own' },
  { action: 'record.read-working', who: readers, whose: 'any' },
  { action: 'record.versions', who: ownerRoles, whose: 'own' },
  { action: 'record.versions', who: readers, whose: 'any' },
  { action: 'record.changes', who: ['anyone'], whose: 'visible' },

  { action: 'record.create', who: ['member', 'org-admin'], whose: 'own', libraries: ['technology-reserve', 'cooperation-demand', 'project-results'] },
  { action: 'record.create', who: ['mission-officer'], whose: 'own', libraries: ['cooperation-demand', 'technology-reserve', 'project-results'] },
  { action: 'record.create', who: ['institution-editor'], whose: 'own', libraries: ['platform-institutions', 'project-results'] },
  { action: 'record.create', who: ['intake', 'commission-admin'], whose: 'any' },
  { action: 'record.create', who: ['service:outcome'], whose: 'any', libraries: ['project-results'] },
  { action: 'record.edit', who: writers, whose: 'own' },
  { action: 'record.edit', who: ['intake', 'commission-admin'], whose: 'any' },
  { action: 'record.submit', who: writers, whose: 'own' },
  { action: 'record.submit', who: ['intake', 'commission-admin'], whose: 'any' },
  { action: 'record.take', who: desk, whose: 'any', notAuthor: true },
  { action: 'record.return', who: desk, whose: 'any', notAuthor: true },
  { action: 'record.approve', who: approvers, whose: 'any', notAuthor: true },
  { action: 'record.pause', who: writers, whose: 'own' },
  { action: 'record.pause', who: approvers, whose: 'any' },
  { action: 'record.confirm', who: writers, whose: 'own' },
  { action: 'record.confirm', who: ['intake', 'commission-admin'], whose: 'any' },
  { action: 'record.withdraw', who: writers, whose: 'own' },
  { action: 'record.archive', who: approvers, whose: 'any' },
  { action: 'record.archive', who: ['service:clock'], whose: 'any' },
  { action: 'record.merge', who: ['senior-reviewer', 'commission-admin'], whose: 'any' },
  { action: 'record.expire', who: ['service:clock'], whose: 'any' },
  { action: 'record.index', who: ['service:index'], whose: 'any' },

  { action: 'contact.read', who: writers, whose: 'own' },
  { action: 'contact.read', who: ['intake', 'match-officer', 'commission-admin'], whose: 'any' },
  { action: 'contact.write', who: writers, whose: 'own' },
  { action: 'contact.write', who: ['intake', 'commission-admin'], whose: 'any' },
  { action: 'file.read', who: ['anyone'], whose: 'visible' },
  { action: 'file.read', who: ownerRoles, whose: 'own' },
  { action: 'file.read', who: readers, whose: 'any' },
  { action: 'file.write', who: writers, whose: 'own' },
  { action: 'file.write', who: ['intake', 'commission-admin'], whose: 'any' },

  { action: 'control.read', who: readers, whose: 'any' },
  { action: 'control.read', who: writers, whose: 'own' },
  { action: 'control.assess', who: ['compliance', 'commission-admin'], whose: 'any' },
  { action: 'control.confirm', who: ['compliance', 'commission-admin'], whose: 'any' },

  { action: 'match.list', who: readers, whose: 'any' },
  { action: 'match.list', who: ['member', 'org-admin', 'mission-officer'], whose: 'own' },
  { action: 'match.count', who: readers, whose: 'any' },
  { action: 'match.count', who: ownerRoles, whose: 'own' },
  { action: 'match.read', who: readers, whose: 'any' },
  { action: 'match.read', who: ['member', 'org-admin', 'mission-officer'], whose: 'own' },
  { action: 'match.questions', who: readers, whose: 'any' },
  { action: 'match.questions', who: ['member', 'org-admin', 'mission-officer'], whose: 'own' },
  { action: 'match.take', who: deciders, whose: 'any' },
  { action: 'match.decide', who: deciders, whose: 'any' },
  { action: 'gap.read', who: readers, whose: 'any' },
  { action: 'duplicate.read', who: readers, whose: 'any' },
  { action: 'duplicate.decide', who: deciders, whose: 'any' },
  { action: 'dossier.read', who: readers, whose: 'any' },
  { action: 'dossier.read', who: ownerRoles, whose: 'own' },
  { action: 'list-run.read', who: readers, whose: 'any' },
  { action: 'translation.read', who: readers, whose: 'any' },
  { action: 'thesaurus.read', who: readers, whose: 'any' },
  { action: 'thesaurus.propose', who: ['intake', ...deciders], whose: 'any' },
  { action: 'thesaurus.review', who: approvers, whose: 'any', notAuthor: true },
  { action: 'thesaurus.publish', who: ['senior-reviewer', 'commission-admin'], whose: 'any' },
  { action: 'match.propose', who: ['service:match'], whose: 'any' },
  { action: 'match.wake', who: ['service:clock'], whose: 'any' },

  { action: 'session.open', who: ['anyone'], whose: 'own' },
  { action: 'session.read', who: ['signed-in'], whose: 'own' },
  { action: 'session.close', who: ['signed-in'], whose: 'own' },
  { action: 'account.edit', who: ['signed-in'], whose: 'own' },
  { action: 'organisation.apply', who: ['anyone'], whose: 'own' },
  { action: 'organisation.read', who: ownerRoles, whose: 'own' },
  { action: 'organisation.read', who: [...readers, 'operator'], whose: 'any' },
  { action: 'organisation.list', who: [...readers, 'operator'], whose: 'any' },
  { action: 'organisation.verify', who: ['intake', 'commission-admin'], whose: 'any' },
  { action: 'user.invite', who: ['org-admin', 'mission-officer'], whose: 'own' },
  { action: 'user.invite', who: ['commission-admin', 'operator'], whose: 'any' },
  { action: 'user.list', who: ['org-admin', 'mission-officer'], whose: 'own' },
  { action: 'user.list', who: ['commission-admin', 'operator', 'auditor'], whose: 'any' },
  { action: 'user.disable', who: ['org-admin', 'mission-officer'], whose: 'own' },
  { action: 'user.disable', who: ['commission-admin', 'operator'], whose: 'any' },
  { action: 'key.write', who: ['org-admin', 'mission-officer'], whose: 'own' },
  { action: 'key.read', who: ['org-admin', 'mission-officer'], whose: 'own' },
  { action: 'key.read', who: ['commission-admin', 'auditor', 'operator'], whose: 'any' },
  { action: 'key.revoke', who: ['org-admin', 'mission-officer'], whose: 'own' },
  { action: 'key.revoke', who: ['commission-admin', 'operator'], whose: 'any' },
  { action: 'organisation.suspend', who: ['commission-admin'], whose: 'any' },
  { action: 'user.edit', who: ['org-admin', 'mission-officer'], whose: 'own' },
  { action: 'user.edit', who: ['commission-admin', 'operator'], whose: 'any' },
  { action: 'user.handover', who: ['org-admin', 'mission-officer'], whose: 'own' },
  { action: 'user.handover', who: ['commission-admin', 'operator'], whose: 'any' },
  { action: 'service.forward', who: ['anyone'], whose: 'visible' },
  { action: 'audit.read', who: ['auditor', 'commission-admin'], whose: 'any' },
  { action: 'pipeline.read', who: ['operator', 'auditor', 'commission-admin'], whose: 'any' },
  { action: 'pipeline.redrive', who: ['operator', 'commission-admin'], whose: 'any' }
]
