import { serviceActor, type Actor, type ServiceName } from '@siku/contracts'
import { connectDatabase, type Database } from '@siku/db'
import { createSecrets, importAccounts } from '@siku/gateway'
import { createLogger, newId, openedThings, systemNow, type Logger } from '@siku/service-kit'
import { testDatabase, testRolePassword, type Teardown } from '@siku/testing'
import { Agent, request } from 'undici'
import { databaseUrls } from '../../dev/installation/database-urls.ts'
import { openInstallation, type Installation } from '../../dev/installation/open-installation.ts'
import type { HarnessOrganisation } from '../support/people.ts'

export type Question = {
  actor: Actor
  service: Exclude<ServiceName, 'gateway'>
  method: string
  url: string
  body?: unknown
  headers?: Record<string, string>
}
/** The whole of an answer, head and body, as text to be looked through. */
export type Heard = { status: number; text: string; head: string }
export type Ask = (question: Question) => Promise<Heard>

const secret = 'a secret of the harness that is long enough to be one'
const password = 'seven green boats leave at dawn'

/** The whole installation on a database of its own, with its queue, and every line that it logs at any level. */
export async function openCanary(t: Teardown): Promise<Canary> {
  const database = await testDatabase(t)
  const lines: string[] = []
  const log = createLogger({ name: 'canary', level: 'trace', destination: { write: (line: string) => void lines.push(line) } })
  const opened = openedThings(log)
  const owner = connectDatabase({ url: database.ownerUrl, applicationName: 'canary', poolSize: 2 })
  const agent = new Agent({ connections: 16, pipelining: 1 })
  t.teardown(async () => {
    await opened.close()
    await Promise.all([owner.close(), agent.close()])
  })
  const settings = Object.fromEntries(['ADDRESS', 'VISITOR', 'SESSION', 'KEY', 'SIGN_IN'].map((name) => [`SIKU_RATE_${name}`, '1000000']))
  const installation = await openInstallation(opened, {
    urls: databaseUrls(database.ownerUrl, () => testRolePassword),
    secret,
    log,
    port: 0,
    poolSize: 4,
    settings
  })

  const hear = async (
    url: string,
    { method, body, headers = {} }: Pick<Question, 'method' | 'body' | 'headers'>
  ): Promise<Heard & { cookies: string[] }> => {
    const isBytes = Buffer.isBuffer(body) || typeof body === 'string'
    const answer = await request(url, {
      method: method as 'GET',
      dispatcher: agent,
      ...(body === undefined ? {} : { body: isBytes ? body : JSON.stringify(body) }),
      headers: {
        ...(body === undefined ? {} : { 'content-type': Buffer.isBuffer(body) ? 'application/octet-stream' : 'application/json' }),
        ...headers
      }
    })
    const text = await answer.body.text()
    return {
      status: answer.statusCode,
      text,
      head: JSON.stringify(answer.headers),
      cookies: [answer.headers['set-cookie'] ?? []].flat().map((line) => line.split(';')[0] ?? '')
    }
  }
  const ask: Ask = async ({ actor, service, ...question }) => {
    const token = await installation.keyRing.sign(actor, service)
    return hear(`${installation.services[service]}${question.url}`, {
      ...question,
      headers: { authorization: `Bearer ${token}`, ...question.headers }
    })
  }
  /** Through the public door, as a visitor or as somebody who has signed in. */
  const knock = (url: string, cookie?: string): Promise<Heard> =>
    hear(`${installation.address}${url}`, { method: 'GET', ...(cookie && { headers: { cookie } }) })
  const signIn = async (email: string): Promise<string> => {
    const { status, text, cookies } = await hear(`${installation.address}/v1/session`, {
      method: 'POST',
      body: { email, password },
      headers: { origin: installation.address, 'sec-fetch-site': 'same-origin' }
    })
    if (status !== 200) throw new Error(`${email} could not sign in: ${status} ${text}`)
    return cookies.join('; ')
  }
  return {
    ...installation,
    lines,
    log,
    owner,
    ask,
    knock,
    signIn,
    seat: (people: readonly Seat[]) => seat(installation.databases.gateway, log, people)
  }
}
export type Canary = Installation & {
  lines: string[]
  log: Logger
  owner: Database
  ask: Ask
  knock: (url: string, cookie?: string) => Promise<Heard>
  signIn: (email: string) => Promise<string>
  /** Gives people accounts at the public door. */
  seat: (people: readonly Seat[]) => Promise<void>
}

export type Seat = { actor: Actor; organisation: HarnessOrganisation; email: string }

async function seat(db: Database, log: Logger, people: readonly Seat[]): Promise<void> {
  const ctx = {
    db,
    log,
    requestId: 'seat',
    now: systemNow,
    newId,
    actor: serviceActor('service:gateway', 'seat'),
    secrets: createSecrets(secret),
    settings: { publicUrl: 'http://127.0.0.1:8080', sessionHours: 12, idleHours: 2 }
  }
  await importAccounts(ctx, {
    organisations: people.map(({ organisation: { id, name, type, country } }) => ({
      id,
      type,
      nameZh: name,
      nameEn: name,
      country,
      district: null,
      creditCode: null,
      noteReference: null,
      seatsStaff: false
    })),
    accounts: people.map(({ actor, organisation, email }) => ({
      id: actor.id,
      email,
      displayName: email,
      language: 'en',
      organisationId: organisation.id,
      roles: actor.roles,
      password,
      totpSecret: null
    }))
  })
}
