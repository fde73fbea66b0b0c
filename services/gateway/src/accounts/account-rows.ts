import type { Role } from '@siku/contracts'
import type { Tx } from '@siku/db'
import { sql, type SQL } from 'drizzle-orm'

export type OrganisationState = 'pending' | 'verified' | 'refused' | 'suspended'

export type OrganisationRow = {
  id: string
  type: string
  nameZh: string | null
  nameEn: string | null
  nameLocal: string | null
  country: string
  district: string | null
  creditCode: string | null
  noteReference: string | null
  seatsStaff: boolean
  state: OrganisationState
  stateReason: string | null
  verifiedAt: string | null
  applicantName: string | null
  applicantEmail: string | null
  applicantLanguage: string | null
  createdAt: string
}

export type AccountRow = {
  id: string
  email: string
  displayName: string
  language: string
  organisationId: string
  roles: Role[]
  state: 'active' | 'disabled'
  successorId: string | null
  createdAt: string
}

/** An instant as RFC 3339 in UTC; the driver would give PostgreSQL's own form. */
export const instant = (column: SQL): SQL => sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

export const organisationColumns = sql`o.id, o.type, o.name_zh as "nameZh", o.name_en as "nameEn", o.name_local as "nameLocal", o.country, o.district,
  o.credit_code as "creditCode", o.note_reference as "noteReference", o.seats_staff as "seatsStaff", o.state, o.state_reason as "stateReason",
  ${instant(sql`o.verified_at`)} as "verifiedAt", o.applicant_name as "applicantName", o.applicant_email as "applicantEmail",
  o.applicant_language as "applicantLanguage", ${instant(sql`o.created_at`)} as "createdAt"`

export const accountColumns = sql`a.id, a.email, a.display_name as "displayName", a.language, a.organisation_id as "organisationId", to_jsonb(a.roles) as roles, a.state,
  a.successor_id as "successorId", ${instant(sql`a.created_at`)} as "createdAt"`

export async function findOrganisation(tx: Tx, id: string, lock: 'lock' | 'read' = 'read'): Promise<OrganisationRow | undefined> {
  const [row] = await tx.execute<OrganisationRow>(sql`
    select ${organisationColumns} from gateway.organisation o where o.id = ${id}::uuid ${lock === 'lock' ? sql`for update` : sql``}`)
  return row
}

export async function findAccount(tx: Tx, id: string, lock: 'lock' | 'read' = 'read'): Promise<AccountRow | undefined> {
  const [row] = await tx.execute<AccountRow>(sql`
    select ${accountColumns} from gateway.account a where a.id = ${id}::uuid ${lock === 'lock' ? sql`for update` : sql``}`)
  return row
}

export async function findAccountByEmail(tx: Tx, email: string): Promise<AccountRow | undefined> {
  const [row] = await tx.execute<AccountRow>(sql`select ${accountColumns} from gateway.account a where a.email = ${addressOf(email)}`)
  return row
}

/** Addresses are kept and compared in small letters. */
export const addressOf = (email: string): string => email.trim().toLowerCase()

/** A list as an array parameter: drizzle would spread a JavaScript array into single parameters. */
export const textArray = (values: readonly string[]): SQL => sql`array(select jsonb_array_elements_text(${JSON.stringify(values)}::jsonb))`
