/** Roles a person or key can hold. Staff roles belong to the commission and its districts. */
export const ownerRoles = ['member', 'org-admin', 'mission-officer', 'institution-editor'] as const
export const staffRoles = [
  'intake', 'reviewer', 'senior-reviewer', 'compliance', 'match-officer', 'district-officer', 'commission-admin', 'auditor'
] as const
export const roles = [...ownerRoles, ...staffRoles, 'operator'] as const
export type Role = (typeof roles)[number]
export type StaffRole = (typeof staffRoles)[number]

/** Background processes; each is a row of the access table. */
export const serviceIdentities = [
  'service:index', 'service:match', 'service:clock', 'service:outcome', 'service:notify', 'service:gateway'
] as const
export type ServiceIdentity = (typeof serviceIdentities)[number]

export const isStaffRole = (role: Role): role is StaffRole => (staffRoles as readonly string[]).includes(role)
