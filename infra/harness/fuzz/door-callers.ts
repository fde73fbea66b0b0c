import { serviceActor } from '@siku/contracts'
import { newId } from '@siku/service-kit'
import { sql, type SQL } from 'drizzle-orm'
import { createHash, randomBytes } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { totpSecret, type Door, type Entrant, type Visitor } from '../support/open-door.ts'
import { send } from '../support/send.ts'
import type { Caller } from './requests.ts'

const people = [
  { name: 'owner', of: 'a', role: 'org-admin' },
  { name: 'reviewer', of: 'commission', role: 'commission-admin' },
  { name: 'member', of: 'a', role: 'member' },
  { name: 'code needed', of: 'commission', role: 'intake' },
  { name: 'enrolment needed', of: 'b', role: 'member' }
] as const satisfies readonly Visitor[]
type Name = (typeof people)[number]['name']
export type DoorPeople = Record<Name, Entrant>

type Run = (statement: SQL) => Promise<Iterable<Record<string, unknown>> & { 0?: Record<string, unknown> }>
const actor = serviceActor('service:gateway', 'place')
const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url')
const halfStages: Partial<Record<Caller, 'totp' | 'enrolment'>> = { 'code needed': 'totp', 'enrolment needed': 'enrolment' }
/** Locks are met as well, but not by everybody for ever. */
const attemptsForgottenEvery = 24

/** Who asks in the fuzz of the public door, each as they stand just before a request: nothing that an earlier one used up is missing. */
export async function doorCallers(door: Door) {
  const { owner, secrets, clock } = door
  const run: Run = (statement) => owner.withTx(actor, (tx) => tx.execute(statement))
  const entrants = await door.signIn(people)
  const who = Object.fromEntries(entrants.map((entrant) => [entrant.name, entrant])) as DoorPeople
  const key = await keyOf(door, who.owner)
  const sealed = secrets.seal('totp', totpSecret)
  const ids = sql`(select (jsonb_array_elements_text(${JSON.stringify(entrants.map((one) => one.actor.id))}::jsonb))::uuid)`
  const { 0: kept } = await run(sql`select jsonb_object_agg(account_id, password_hash)::text as hashes from gateway.credential`)

  /** A session under a token of its own, as signing in would open it, without the cost of a password. */
  const openSession = async (name: Name, stage: 'full' | 'totp' | 'enrolment' = 'full'): Promise<Record<string, string>> => {
    const token = randomBytes(32).toString('base64url')
    const now = clock.now().toISOString()
    await run(sql`insert into gateway.session (id, account_id, token_hash, stage, opened_by, agent, created_at, last_seen_at, expires_at)
      values (${newId()}::uuid, ${who[name].actor.id}::uuid, ${hashOf(token)}, ${stage}, 'password', 'browser', ${now}::timestamptz, ${now}::timestamptz,
        ${now}::timestamptz + interval '1 hour')`)
    return { 'sec-fetch-site': 'same-origin', cookie: `siku=${token}`, 'x-siku-csrf': secrets.csrfOf(token) }
  }

  const isReady: Record<string, SQL> = {
    '/v1/session/code': sql`update gateway.credential set totp_step = 0`,
    '/v1/account/totp': sql`update gateway.credential set totp_sealed = null, totp_confirmed_at = null where account_id in ${ids}`,
    '/v1/account/totp/confirm': sql`update gateway.credential set totp_sealed = ${sealed}, totp_confirmed_at = null where account_id in ${ids}`,
    '/v1/account/totp/disable': sql`update gateway.credential set totp_sealed = ${sealed}, totp_confirmed_at = changed_at, totp_step = 0 where account_id in ${ids}`
  }
  isReady['/sign-in/code'] = isReady['/v1/session/code'] as SQL
  isReady['/sign-in/enrol'] = isReady['/v1/account/totp/confirm'] as SQL
  let asked = 0
  const makeReady = async (path: string): Promise<void> => {
    asked += 1
    if (asked % attemptsForgottenEvery === 0) await run(sql`delete from gateway.attempt`)
    const statement = isReady[path]
    if (statement) await run(statement)
    if (path.startsWith('/v1/account/'))
      await run(sql`update gateway.credential set password_hash = ${kept?.hashes}::jsonb ->> account_id::text where account_id in ${ids}`)
  }

  const headersOf = async (caller: Caller, { method, path }: { method: string; path: string }): Promise<Record<string, string>> => {
    const isReading = method === 'GET' || method === 'HEAD'
    if (!isReading) await makeReady(path)
    if (caller === 'visitor') return {}
    if (caller === 'key') return key
    const stage = halfStages[caller]
    return isReading && stage === undefined ? who[caller].headers : openSession(caller, stage)
  }
  const code = new TOTP({ secret: Secret.fromBase32(totpSecret), digits: 6, period: 30 }).generate({ timestamp: clock.now().getTime() })
  return { who, headersOf, openSession, makeReady, code, makeLinks: linksOf(door, run) }
}
export type DoorCallers = Awaited<ReturnType<typeof doorCallers>>

/** So many links that work, by their tokens; reset links are all for one account. */
const linksOf =
  ({ clock }: Door, run: Run) =>
  async (count: number, of: { organisationId: string; accountId?: string }): Promise<string[]> => {
    const tokens = Array.from({ length: count }, () => randomBytes(32).toString('base64url'))
    const now = clock.now().toISOString()
    for (const token of tokens) {
      const email = of.accountId === undefined ? `${newId()}@example.org` : null
      await run(sql`insert into gateway.link (id, kind, token_hash, organisation_id, account_id, email, display_name, language, roles, created_by, created_at, expires_at)
        values (${newId()}::uuid, ${email === null ? 'password-reset' : 'invitation'}, ${hashOf(token)}, ${of.organisationId}::uuid, ${of.accountId ?? null}::uuid, ${email},
          ${email && 'A person'}, ${email && 'en'}, ${email === null ? null : sql`array['member']`}, 'place', ${now}::timestamptz, ${now}::timestamptz + interval '4 hours')`)
    }
    return tokens
  }

async function keyOf({ app }: Door, { headers }: Entrant): Promise<Record<string, string>> {
  const body = { client: 'fuzz', scopes: ['gateway:read'], validDays: 30 }
  const made = await send(app, { method: 'POST', url: '/v1/keys', headers, body })
  if (made.status !== 201) throw new Error(`a key was answered ${made.status}: ${made.bytes}`)
  const authorization = `Bearer ${String(made.body.key)}`
  // That a key was used is written down once a minute, and the clock stands still.
  await send(app, { method: 'GET', url: '/v1/session', headers: { authorization } })
  return { authorization }
}
