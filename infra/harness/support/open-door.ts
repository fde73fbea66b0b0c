import { serviceActor, staffRoles, type Actor, type Role } from '@siku/contracts'
import { connectDatabase, type Database } from '@siku/db'
import { createGateway, createSecrets, GatewayConfig, importAccounts, upstreamSetting, upstreams, type Secrets } from '@siku/gateway'
import { createLogger, newId, ownerKeyWith, deriveOwnerKey, readConfig, type Service, type ServicePlugin } from '@siku/service-kit'
import { createEmbeddedIndex } from '@siku/search'
import { testClock, testDatabase, type Teardown, type TestClock } from '@siku/testing'
import { compileThesaurus } from '@siku/thesaurus'
import { Secret, TOTP } from 'otpauth'
import { organisations, personOf, type OrganisationKey } from './people.ts'

const secret = 'a secret of the harness that is long enough to be one'
const password = 'seven green boats leave at dawn'
export const totpSecret = Secret.fromHex('3132333435363738393031323334353637383930').base32
const limits = Object.fromEntries(['ADDRESS', 'VISITOR', 'SESSION', 'KEY', 'SIGN_IN'].map((name) => [`SIKU_RATE_${name}`, '1000000']))
/** Nobody listens there: what comes so far was let through the door. */
const nowhere = 'http://127.0.0.1:9'

export type Visitor = { name: string; of?: OrganisationKey; role?: Role }
/** Somebody at the public door, with the headers by which it knows them. */
export type Entrant = { name: string; actor: Actor; headers: Record<string, string> }

export type Door = {
  app: Service
  owner: Database
  clock: TestClock
  keyOf: (id: string) => string
  signIn: (people: readonly Visitor[]) => Promise<Entrant[]>
  /** Another session of somebody who signed in before and needs no code. */
  signInAgain: (entrant: Entrant) => Promise<Record<string, string>>
  password: string
  secrets: Secrets
  addressOf: (name: string) => string
}

/** The gateway on a database of its own, without the services behind it; with other settings where something is to answer it. */
export async function openDoor(t: Teardown, plugins: readonly ServicePlugin[] = [], env: Record<string, string> = {}): Promise<Door> {
  const database = await testDatabase(t)
  const clock = testClock()
  const log = createLogger({ name: 'door', level: 'silent' })
  const db = connectDatabase({ url: database.urlFor('siku_gateway'), applicationName: 'door', poolSize: 6 })
  const owner = connectDatabase({ url: database.ownerUrl, applicationName: 'door', poolSize: 2 })
  const config = readConfig(GatewayConfig, {
    SIKU_GATEWAY_DATABASE_URL: database.urlFor('siku_gateway'),
    SIKU_SECRET: secret,
    ...limits,
    ...Object.fromEntries(upstreams.map((name) => [upstreamSetting(name), nowhere])),
    ...env
  })
  const search = {
    index: createEmbeddedIndex(),
    caughtUp: Promise.resolve(),
    thesaurus: compileThesaurus({ version: '0', fields: [], concepts: [], labelRules: [] })
  }
  const { app } = await createGateway({ config, db, log, search: search as never, now: clock.now, strictResponses: true, plugins })
  t.teardown(async () => {
    await app.close()
    await Promise.all([db.close(), owner.close()])
  })
  await app.ready()
  const keyOf = ownerKeyWith(deriveOwnerKey(secret))
  const secrets = createSecrets(secret)

  const signIn = async (people: readonly Visitor[]): Promise<Entrant[]> => {
    const known = people.flatMap(({ name, of, role }) =>
      of === undefined || role === undefined
        ? []
        : [{ actor: personOf({ name, of: organisations[of], roles: [role], keyOf }), of, role, name }]
    )
    const ctx = {
      db,
      log,
      requestId: 'seat',
      now: clock.now,
      newId,
      actor: serviceActor('service:gateway', 'seat'),
      secrets,
      settings: { publicUrl: config.SIKU_PUBLIC_URL, sessionHours: 12, idleHours: 2 }
    }
    await importAccounts(ctx, {
      organisations: Object.values(organisations).map(({ id, name, type, country }) => ({
        id,
        type,
        nameZh: name,
        nameEn: name,
        country,
        district: null,
        creditCode: null,
        noteReference: null,
        seatsStaff: id === organisations.commission.id
      })),
      accounts: known.map(({ actor, role, name }) => ({
        id: actor.id,
        email: addressOf(name),
        displayName: name,
        language: 'en',
        organisationId: actor.organisationId ?? '',
        roles: [role],
        password,
        totpSecret: needsCode(role) ? totpSecret : null
      }))
    })
    const entrants: Entrant[] = []
    for (const { name, actor, role } of known) entrants.push({ name, actor, headers: await session(app, clock, { name, role }) })
    return entrants
  }
  const signInAgain: Door['signInAgain'] = ({ name, actor }) => session(app, clock, { name, role: actor.roles[0] ?? 'member' })
  return { app, owner, clock, keyOf, signIn, signInAgain, password, secrets, addressOf }
}

const addressOf = (name: string) => `${name.replaceAll(' ', '-')}@example.org`.toLowerCase()
const needsCode = (role: Role) => role === 'operator' || (staffRoles as readonly Role[]).includes(role)
const sameSite = { 'sec-fetch-site': 'same-origin', 'user-agent': 'Mozilla/5.0 (harness)' }

/** Signs in as a browser does, with the authenticator where the role asks for one. */
async function session(app: Service, clock: TestClock, { name, role }: { name: string; role: Role }): Promise<Record<string, string>> {
  const jar = new Map<string, string>()
  const headers = () => ({
    ...sameSite,
    cookie: [...jar].map(([key, value]) => `${key}=${value}`).join('; '),
    'x-siku-csrf': jar.get('siku-csrf') ?? ''
  })
  const post = async (url: string, payload: object) => {
    const answer = await app.inject({ method: 'POST', url, payload, headers: headers() })
    if (answer.statusCode !== 200) throw new Error(`${name} could not sign in: ${answer.statusCode} ${answer.body}`)
    for (const { name: key, value } of answer.cookies) jar.set(key, value)
  }
  await post('/v1/session', { email: addressOf(name), password })
  if (needsCode(role))
    await post('/v1/session/code', {
      code: new TOTP({ secret: Secret.fromBase32(totpSecret), digits: 6, period: 30 }).generate({ timestamp: clock.now().getTime() })
    })
  return headers()
}
