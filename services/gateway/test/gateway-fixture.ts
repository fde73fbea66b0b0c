import { serviceActor, type Role } from '@siku/contracts'
import { connectDatabase, migrateDatabase, sharedMigrations, type Database } from '@siku/db'
import { createLogger, newId, readConfig, type Service } from '@siku/service-kit'
import { testClock, testDatabase, testRolePassword, type Teardown, type TestClock } from '@siku/testing'
import { createEmbeddedIndex } from '@siku/search'
import { compileThesaurus } from '@siku/thesaurus'
import type { SQL } from 'drizzle-orm'
import { TOTP, Secret } from 'otpauth'
import {
  createAdmin,
  createGateway,
  createSecrets,
  GatewayConfig,
  gatewayMigrations,
  settingsOf,
  type AccountContext,
  type GatewayOptions,
  type KeyRing
} from '../src/index.ts'

export const secret = 'a secret for tests that is long enough'
export const publicUrl = 'http://127.0.0.1:8080'
export const goodPassword = 'seven green boats leave at dawn'

export const configWith = (env: Record<string, string> = {}): GatewayConfig =>
  readConfig(GatewayConfig, {
    SIKU_GATEWAY_DATABASE_URL: 'postgres://siku_gateway@127.0.0.1/siku',
    SIKU_SECRET: secret,
    SIKU_PUBLIC_URL: publicUrl,
    SIKU_PROJECT_RESULTS_URL: 'http://127.0.0.1:9',
    SIKU_TECHNOLOGY_RESERVE_URL: 'http://127.0.0.1:9',
    SIKU_COOPERATION_DEMAND_URL: 'http://127.0.0.1:9',
    SIKU_PLATFORM_INSTITUTIONS_URL: 'http://127.0.0.1:9',
    SIKU_MATCHING_URL: 'http://127.0.0.1:9',
    SIKU_RATE_SIGN_IN: '100000',
    SIKU_RATE_VISITOR: '100000',
    SIKU_RATE_SESSION: '100000',
    SIKU_RATE_ADDRESS: '100000',
    ...env
  })

export type Fixture = {
  app: Service
  db: Database
  ownerDb: Database
  clock: TestClock
  keyRing: KeyRing
  ctx: AccountContext
  log: string[]
  databaseUrl: string
}

/** Enough where nothing is searched; reading the whole vocabulary takes seconds. */
const noSearch = () => ({
  index: createEmbeddedIndex(),
  caughtUp: Promise.resolve(),
  thesaurus: compileThesaurus({ version: '0', fields: [], concepts: [], labelRules: [] })
})

/** A gateway on its own database, not listening, with a clock that stands still. */
export async function openGateway(
  t: Teardown,
  { env = {}, ...options }: Partial<GatewayOptions> & { env?: Record<string, string> } = {}
): Promise<Fixture> {
  const database = await testDatabase(t)
  await migrateDatabase({
    url: database.ownerUrl,
    sets: [sharedMigrations, ...gatewayMigrations],
    roles: [{ name: 'siku_gateway', password: testRolePassword, memberOf: ['siku_service'] }]
  })
  const db = connectDatabase({ url: database.urlFor('siku_gateway'), applicationName: 'gateway-test', poolSize: 4 })
  const ownerDb = connectDatabase({ url: database.ownerUrl, applicationName: 'gateway-test-owner', poolSize: 1 })
  const clock = testClock()
  const lines: string[] = []
  const log = createLogger({ name: 'gateway', destination: { write: (line: string) => void lines.push(line) } })
  const config = configWith(env)
  const { app, keyRing } = await createGateway({ search: noSearch(), config, db, log, now: clock.now, strictResponses: true, ...options })
  t.teardown(async () => {
    await app.close()
    await Promise.all([db.close(), ownerDb.close()])
  })
  const { secure: _secure, oidc: _oidc, ...settings } = settingsOf(config)
  const ctx: AccountContext = {
    db,
    log,
    now: clock.now,
    newId,
    requestId: 'test',
    actor: serviceActor('service:gateway', 'test'),
    secrets: createSecrets(secret),
    settings
  }
  return { app, db, ownerDb, clock, keyRing, ctx, log: lines, databaseUrl: database.urlFor('siku_gateway') }
}

// What comes back is looked at with patterns; its shape is the contract's business.
// oxlint-disable-next-line typescript/no-explicit-any
export type Loose = any
export type Answer = { status: number; body: Loose; headers: Record<string, Loose>; raw: string }

/** A browser of its own: keeps cookies and sends the CSRF value, as our own scripts would. */
export function browser(app: Service) {
  const jar = new Map<string, string>()
  const send = async (method: string, url: string, payload?: unknown, headers: Record<string, string> = {}): Promise<Answer> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const csrf = jar.get('siku-csrf') ?? jar.get('__Host-siku-csrf')
    const response = await app.inject({
      method: method as 'GET',
      url,
      headers: {
        ...(cookie ? { cookie } : {}),
        ...(csrf ? { 'x-siku-csrf': csrf } : {}),
        'sec-fetch-site': 'same-origin',
        'user-agent': 'Mozilla/5.0 (test)',
        ...headers
      },
      ...(payload === undefined ? {} : { payload: payload as object })
    })
    for (const { name, value } of response.cookies)
      if (value === '') jar.delete(name)
      else jar.set(name, value)
    return { status: response.statusCode, headers: response.headers, raw: response.body, body: bodyOf(response.body) }
  }
  return {
    jar,
    get: (url: string, headers?: Record<string, string>) => send('GET', url, undefined, headers),
    post: (url: string, body: unknown = {}, headers?: Record<string, string>) => send('POST', url, body, headers),
    delete: (url: string) => send('DELETE', url),
    send
  }
}
export type Browser = ReturnType<typeof browser>

const bodyOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

export const tokenOf = (url: string): string => new URL(url).searchParams.get('token') ?? ''

export const codeAt = (base32: string, clock: TestClock): string =>
  new TOTP({ secret: Secret.fromBase32(base32), digits: 6, period: 30 }).generate({ timestamp: clock.now().getTime() })

/** Seats a staff member by the command line's way and goes through link, password and authenticator. */
export async function staffMember(
  { app, ctx, clock }: Fixture,
  roles: Role[],
  email = `${roles[0]}@commission.example`
): Promise<Browser & { totp: string; email: string }> {
  const link = await createAdmin(ctx, {
    email,
    displayName: 'A person of the commission',
    roles,
    organisation: { nameZh: '北京市科学技术委员会' }
  })
  const person = browser(app)
  await person.post('/v1/links/accept', { token: tokenOf(link.url), password: goodPassword })
  const { body } = await person.post('/v1/account/totp')
  await person.post('/v1/account/totp/confirm', { code: codeAt(body.secret, clock) })
  return { ...person, totp: body.secret, email }
}

export const chineseFirm = {
  type: 'enterprise',
  nameZh: '北京清泉水务科技有限公司',
  country: 'CN',
  district: 'haidian',
  creditCode: '91110108551385082Q',
  applicant: { email: 'Wang@QingQuan.example', displayName: '王芳', language: 'zh' }
}
export const embassy = {
  type: 'embassy',
  nameEn: 'Embassy of the Republic of Kazalia',
  country: 'KZ',
  noteReference: 'NV-118/2027',
  applicant: { email: 'officer@embassy.example', displayName: 'A. Officer', language: 'ru' }
}

/** An organisation that applied, was verified, and whose first person has signed in. */
export async function verifiedOrganisation(
  { app }: Fixture,
  intake: Browser,
  application: object
): Promise<{ person: Browser; organisationId: string }> {
  const { body } = await browser(app).post('/v1/organisations', application)
  const verified = await intake.post(`/v1/organisations/${body.id}/verify`)
  const person = browser(app)
  await person.post('/v1/links/accept', { token: tokenOf(verified.body.link.url), password: goodPassword })
  return { person, organisationId: body.id }
}

/** A colleague, invited by somebody who may, and signed in. */
export async function colleague(
  { app }: Fixture,
  by: Browser,
  { email, roles }: { email: string; roles: Role[] }
): Promise<Browser & { id: string }> {
  const { body } = await by.post('/v1/users/invitations', { email, displayName: 'A colleague', language: 'en', roles })
  const person = browser(app)
  await person.post('/v1/links/accept', { token: tokenOf(body.url), password: goodPassword })
  const { body: state } = await person.get('/v1/session')
  return { ...person, id: state.user.id }
}

export const rowsOf = (db: Database, query: SQL) =>
  db.withRead(serviceActor('service:gateway', 'test'), async (tx) => [...(await tx.execute(query))])
