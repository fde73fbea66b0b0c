import { serviceActor } from '@siku/contracts'
import { sql } from 'drizzle-orm'
import type { DoorCallers } from '../fuzz/door-callers.ts'
import { boundForm } from '../fuzz/fuzz-pages.ts'
import type { Door } from '../support/open-door.ts'
import { organisations } from '../support/people.ts'
import { send } from '../support/send.ts'
import { valueFor } from './injections.ts'
import { doorTargets } from './door-targets.ts'

/** A form as somebody fills it in who gets through with it; made afresh for each time. */
export type FilledForm = { url: string; fields: Record<string, string>; headers: Record<string, string> }
type Stored = { status: number; location: string; rows: string[] }

const tables = ['organisation', 'account', 'credential', 'recovery_code', 'session', 'link', 'api_key', 'oidc_identity']
/** Never twice the same, whoever asks. */
const ownEachTime = ['id', 'account_id', 'email', 'token_hash', 'password_hash', 'code_hash', 'totp_sealed']

/** Every form of the public door, with what makes it succeed. */
export function doorForms(door: Door, callers: DoorCallers): Record<string, () => Promise<FilledForm>> {
  const password = 'eight green boats leave at dusk'
  const organisationId = organisations.a.id
  const link = async (accountId?: string): Promise<FilledForm> => {
    const [token = ''] = await callers.makeLinks(1, { organisationId, ...(accountId !== undefined && { accountId }) })
    return { url: '/link', fields: { token, name: 'A person', password, again: password }, headers: {} }
  }
  const halfWay = async (url: string, ...who: Parameters<DoorCallers['openSession']>): Promise<FilledForm> => {
    await callers.makeReady(url)
    return { url, fields: { code: callers.code }, headers: await callers.openSession(...who) }
  }
  return {
    'an invitation': () => link(),
    'a reset link': async () => link((await doorTargets(door).user(organisationId, 'active')).id),
    'signing in': async () => ({ url: '/sign-in', fields: { email: door.addressOf('member'), password: door.password }, headers: {} }),
    'a code': () => halfWay('/sign-in/code', 'code needed', 'totp'),
    'an enrolment': () => halfWay('/sign-in/enrol', 'enrolment needed', 'enrolment'),
    'signing out': async () => ({ url: '/sign-out', fields: {}, headers: await callers.openSession('member') })
  }
}

/** What a form came to, and all that is stored otherwise for it; with the named fields beside its own where there are any. */
export async function storedByForm(door: Door, { url, fields, headers }: FilledForm, names: readonly string[] = []): Promise<Stored> {
  const bound = await boundForm(door)
  const further = names
    .filter((name) => !(name in fields) && name !== 'csrf')
    .map((name) => [name, name === 'roles' ? 'operator' : String(valueFor(name))])
  const before = new Set(await allRows(door))
  const answer = await send(door.app, {
    method: 'POST',
    url,
    headers: {
      'sec-fetch-site': 'same-origin',
      ...headers,
      cookie: [headers.cookie, bound.cookie].filter((part) => part).join('; '),
      'content-type': 'application/x-www-form-urlencoded'
    },
    body: new URLSearchParams([...Object.entries(fields), ['csrf', bound.csrf], ...further]).toString()
  })
  const rows = (await allRows(door)).filter((row) => !before.has(row)).map(withoutOwn)
  return { status: answer.status, location: String(answer.headers.location), rows: rows.toSorted() }
}

async function allRows({ owner }: Door): Promise<string[]> {
  const parts = tables.map((table) => sql`select ${`${table} `} || to_jsonb(one)::text as row from gateway.${sql.identifier(table)} one`)
  const rows = await owner.withRead(serviceActor('service:gateway', 'see'), (tx) =>
    tx.execute<{ row: string }>(sql.join(parts, sql` union all `))
  )
  return [...rows].map(({ row }) => row)
}

function withoutOwn(row: string): string {
  const start = row.indexOf('{')
  const values = JSON.parse(row.slice(start)) as Record<string, unknown>
  return row.slice(0, start) + JSON.stringify(Object.fromEntries(Object.entries(values).filter(([name]) => !ownEachTime.includes(name))))
}
