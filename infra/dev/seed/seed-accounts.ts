import type { Role } from '@siku/contracts'
import type { Database } from '@siku/db'
import { createSecrets, importAccounts, type ImportedAccount, type ImportedOrganisation } from '@siku/gateway'
import { newId, systemNow, type Logger } from '@siku/service-kit'
import { serviceActor } from '@siku/contracts'
import { createHash } from 'node:crypto'
import { Secret } from 'otpauth'
import { loadSample } from '../sample/load-sample.ts'
import type { SampleOrganisation } from '../sample/sample-schema.ts'
import { memberOf, namedUuid, staff } from './sample-actors.ts'

export type SeedAccountsOptions = {
  db: Database
  secret: string
  keyOf: (organisationId: string) => string
  log: Logger
  publicUrl: string
  /** False seats the organisations only, and nobody who can sign in. */
  accounts?: boolean
}

const commission = namedUuid('organisation/commission')
const password = 'siku-demo-please-change'

/** One person for each role; they exist in the demonstration only. */
const people: readonly { name: string; role: Role; organisation?: string }[] = [
  { name: 'member', role: 'member', organisation: 'bj-chengsha' },
  { name: 'org-admin', role: 'org-admin', organisation: 'bj-chengsha' },
  { name: 'mission-officer', role: 'mission-officer', organisation: 'kz-embassy' },
  { name: 'institution-editor', role: 'institution-editor' },
  { name: 'intake', role: 'intake' },
  { name: 'reviewer', role: 'reviewer' },
  { name: 'senior-reviewer', role: 'senior-reviewer' },
  { name: 'compliance', role: 'compliance' },
  { name: 'second-compliance', role: 'compliance' },
  { name: 'match-officer', role: 'match-officer' },
  { name: 'district-officer', role: 'district-officer' },
  { name: 'commission-admin', role: 'commission-admin' },
  { name: 'auditor', role: 'auditor' },
  { name: 'operator', role: 'operator' }
]

const isStaffSeat = (organisation: string | undefined, role: Role) => organisation === undefined && role !== 'institution-editor'

/** Seats the sample's organisations and one person for each role, so that a visitor of the demonstration can sign in as any of them. */
export async function seedAccounts({ db, secret, log, publicUrl, keyOf, accounts: wanted = true }: SeedAccountsOptions): Promise<number> {
  const sample = loadSample(systemNow())
  const requestId = 'seed'
  const ctx = {
    db,
    log,
    requestId,
    now: systemNow,
    newId,
    actor: serviceActor('service:gateway', requestId),
    secrets: createSecrets(secret),
    settings: { publicUrl, sessionHours: 12, idleHours: 2 }
  }
  const accounts = (wanted ? people : []).map((person) => accountFor(person, sample.organisations, keyOf))
  return importAccounts(ctx, { organisations: [commissionRow, ...sample.organisations.map(toRow)], accounts })
}

const commissionRow: ImportedOrganisation = {
  id: commission,
  type: 'government',
  nameZh: '北京市科学技术委员会（演示）',
  nameEn: 'Beijing Municipal Science and Technology Commission (demonstration)',
  country: 'CN',
  district: null,
  creditCode: null,
  noteReference: null,
  seatsStaff: true
}

const toRow = (organisation: SampleOrganisation): ImportedOrganisation => ({
  id: namedUuid(`organisation/${organisation.key}`),
  type: organisation.type,
  nameZh: organisation.name.zh,
  nameEn: organisation.name.en,
  country: organisation.country,
  district: organisation.district ?? null,
  creditCode: organisation.unifiedSocialCreditCode ?? null,
  noteReference: organisation.noteReference ?? null,
  seatsStaff: false
})

function accountFor(
  { name, role, organisation }: (typeof people)[number],
  organisations: SampleOrganisation[],
  keyOf: (id: string) => string
): ImportedAccount {
  const seatsStaff = isStaffSeat(organisation, role)
  const home =
    organisation === undefined
      ? organisations.find(({ type }) => type === 'service-institution')
      : organisations.find(({ key }) => key === organisation)
  if (!seatsStaff && !home) throw new Error(`The sample has no organisation for the role ${role}`)
  const actor = seatsStaff || !home ? staff(name, [role], keyOf) : memberOf(home, keyOf)
  return {
    id: seatsStaff ? actor.id : namedUuid(`account/${name}`),
    email: `${name}@demo.example.org`,
    displayName: name,
    language: 'en',
    organisationId: actor.organisationId ?? commission,
    roles: [role],
    password,
    totpSecret: seatsStaff ? totpSecretOf(name) : null
  }
}

/** The same secret demonstration after demonstration; it protects nothing but the sample. */
const totpSecretOf = (name: string): string =>
  Secret.fromHex(createHash('sha256').update(`siku/sample/totp/${name}`).digest('hex').slice(0, 40)).base32

/** What a visitor types to sign in as each role. */
export function signInsOf(): string[] {
  const width = Math.max(...people.map(({ role }) => role.length))
  return people.map(({ name, role, organisation }) => {
    const totp = isStaffSeat(organisation, role) ? `  authenticator key ${totpSecretOf(name)}` : ''
    return `${role.padEnd(width)}  ${name}@demo.example.org  ${password}${totp}`
  })
}
