import type { LibraryName, ServiceName } from '@siku/contracts'
import { assertServiceRole, connectDatabase, type Database } from '@siku/db'
import { createSecrets, GatewayConfig, openGateway, openKeyRing, type KeyRing } from '@siku/gateway'
import { openLibrary } from '@siku/library-kit'
import { openMatching, type OpenMatching, type Priorities } from '@siku/matching'
import type { Queue } from '@siku/queue'
import {
  createTokenVerifier,
  deriveOwnerKey,
  newId,
  openQueue,
  ownerKeyWith,
  readConfig,
  startRelay,
  systemNow,
  type EmbedderOptions,
  type Logger,
  type Opened
} from '@siku/service-kit'
import { loadThesaurus, type Thesaurus } from '@siku/thesaurus'
import { anonymous } from '@siku/contracts'
import { loadProfile } from '../../profiles/load-profile.ts'
import type { DatabaseUrls } from './database-urls.ts'
import { libraries } from './migrations.ts'

export type InstallationOptions = {
  urls: DatabaseUrls
  secret: string
  log: Logger
  /** Port of the public door; 0 takes a free one. */
  port: number
  host?: string
  redisUrl?: string
  /** Meilisearch; without it every process searches its own copy. */
  engine?: { url: string; key?: string | undefined }
  /** Embedding server; without it matching works with concepts alone. */
  embedder?: EmbedderOptions | undefined
  /** What the queue of staff puts first; Beijing's plan unless told, null for nothing. */
  priorities?: Priorities | null
  /** False leaves the queue away: workers then find their work by looking. */
  queue?: boolean
  now?: () => Date
  poolSize?: number
  settings?: Record<string, string>
}

export type Installation = {
  /** Address of the public door. */
  address: string
  /** Where each service answers behind it. */
  services: Record<Exclude<ServiceName, 'gateway'>, string>
  keyRing: KeyRing
  matching: OpenMatching
  databases: { gateway: Database } & Record<LibraryName, Database>
  keyOf: (organisationId: string) => string
  queue: Queue | undefined
  thesaurus: Thesaurus
}

const loopback = '127.0.0.1'

/** Opens everything in this process: the same plugins as in production, each service on a loopback port of its own behind the gateway. */
export async function openInstallation(opened: Opened, options: InstallationOptions): Promise<Installation> {
  const { urls, secret, log, now = systemNow, poolSize = 6 } = options
  const thesaurus = loadThesaurus()
  const queue = openInstallationQueue(opened, options)
  const gatewayDb = opened.use(
    'gateway database',
    connectDatabase({ url: urls.service('gateway'), poolSize, applicationName: 'siku gateway' })
  )
  await assertServiceRole(gatewayDb, anonymous('start'))
  const keyRing = await openKeyRing({ db: gatewayDb, now, secrets: createSecrets(secret), requestId: 'key-ring' })
  const verifierFor = (audience: ServiceName) => createTokenVerifier({ audience, keys: keyRing.keySet, now })
  const shared = { role: 'all', poolSize, host: loopback, port: 0, log, now, newId, thesaurus, ...(queue ? { queue } : {}) } as const

  const services: Record<string, string> = {}
  const databases: Record<string, Database> = { gateway: gatewayDb }
  for (const library of libraries) {
    const { address, db } = await openLibrary(opened, {
      ...shared,
      library,
      databaseUrl: urls.service(library.name),
      contactDatabaseUrl: urls.contacts(library.name),
      ownerKey: deriveOwnerKey(secret),
      verifyToken: verifierFor(library.name),
      ...(options.engine ? { engine: options.engine } : {})
    })
    services[library.name] = address
    databases[library.name] = db
  }
  const matching = await openMatching(opened, {
    ...shared,
    databaseUrl: urls.service('matching'),
    verifyToken: verifierFor('matching'),
    embedder: options.embedder,
    priorities: options.priorities === undefined ? loadProfile('beijing').priorities : (options.priorities ?? undefined)
  })
  services.matching = matching.address ?? ''
  if (queue) opened.use('relay', startRelay({ db: matching.db, queue, log }))

  const address = await openDoor(opened, options, { keyRing, services, thesaurus })
  return {
    address,
    keyRing,
    matching,
    queue,
    thesaurus,
    keyOf: ownerKeyWith(deriveOwnerKey(secret)),
    services: services as Installation['services'],
    databases: databases as Installation['databases']
  }
}

function openInstallationQueue(opened: Opened, { redisUrl, urls, queue = true, log }: InstallationOptions): Queue | undefined {
  if (!queue) return undefined
  const queued = openQueue(redisUrl === undefined ? { SIKU_QUEUE_DATABASE_URL: urls.queue } : { REDIS_URL: redisUrl }, log)
  return queued === undefined ? undefined : opened.use('queue', queued)
}

type Door = { keyRing: KeyRing; services: Record<string, string>; thesaurus: Thesaurus }

async function openDoor(
  opened: Opened,
  { urls, secret, log, port, host = loopback, now = systemNow, settings = {}, engine }: InstallationOptions,
  door: Door
): Promise<string> {
  const config = readConfig(GatewayConfig, {
    SIKU_GATEWAY_DATABASE_URL: urls.service('gateway'),
    SIKU_SECRET: secret,
    SIKU_OWNER_KEY: deriveOwnerKey(secret),
    SIKU_HOST: host,
    SIKU_PORT: String(port),
    ...Object.fromEntries(Object.entries(door.services).map(([name, url]) => [`SIKU_${name.replaceAll('-', '_').toUpperCase()}_URL`, url])),
    ...settings
  })
  const { address } = await openGateway(opened, {
    config,
    databaseUrl: urls.service('gateway'),
    log,
    now,
    newId,
    upstreams: door.services,
    keyRing: door.keyRing,
    thesaurus: door.thesaurus,
    ...(engine ? { engine } : {})
  })
  return address
}
