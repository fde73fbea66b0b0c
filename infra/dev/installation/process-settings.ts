import { libraryNames, serviceNames, type LibraryName, type ServiceName } from '@siku/contracts'
import { deriveOwnerKey } from '@siku/service-kit'
import type { DatabaseUrls } from './database-urls.ts'

export type ProcessSettingsOptions = {
  urls: DatabaseUrls
  secret: string
  /** Port of each service's HTTP side. */
  ports: Record<ServiceName, number>
  redisUrl?: string
  /** False leaves the queue away. */
  queue?: boolean
  meili?: { url: string; key?: string }
  logLevel?: string
}

export type Environment = Record<string, string>

const settingOf = (service: ServiceName, what: string) => `SIKU_${service.replaceAll('-', '_').toUpperCase()}_${what}`
const isLibrary = (service: ServiceName): service is LibraryName => (libraryNames as readonly string[]).includes(service)
const loopback = '127.0.0.1'

/** The settings of each process of an installation on this machine; in production the same names stand in the compose file. */
export function processSettings(options: ProcessSettingsOptions): Record<ServiceName, Environment> {
  return Object.fromEntries(serviceNames.map((service) => [service, settingsOf(service, options)])) as Record<ServiceName, Environment>
}

function settingsOf(
  service: ServiceName,
  { urls, secret, ports, redisUrl, queue = true, meili, logLevel = 'warn' }: ProcessSettingsOptions
): Environment {
  const address = (name: ServiceName) => `http://${loopback}:${ports[name]}`
  const queueSettings: Environment = !queue
    ? {}
    : redisUrl === undefined
      ? { SIKU_QUEUE_DATABASE_URL: urls.queue }
      : { REDIS_URL: redisUrl }
  const shared: Environment = {
    SIKU_HOST: loopback,
    SIKU_PORT: String(ports[service]),
    SIKU_POOL_SIZE: '6',
    LOG_LEVEL: logLevel,
    [settingOf(service, 'DATABASE_URL')]: urls.service(service),
    ...(meili ? { MEILI_URL: meili.url, ...(meili.key === undefined ? {} : { MEILI_KEY: meili.key }) } : {})
  }
  if (service === 'gateway') {
    const upstreams = serviceNames.filter((name) => name !== 'gateway').map((name) => [settingOf(name, 'URL'), address(name)])
    return {
      ...shared,
      SIKU_SECRET: secret,
      SIKU_OWNER_KEY: deriveOwnerKey(secret),
      SIKU_PUBLIC_URL: address('gateway'),
      ...Object.fromEntries(upstreams)
    }
  }
  const behind = { ...shared, ...queueSettings, SIKU_JWKS_URL: `${address('gateway')}/.well-known/jwks.json` }
  if (!isLibrary(service)) return { ...behind, SIKU_PRIORITIES_FILE: 'infra/profiles/beijing/priorities.json' }
  return { ...behind, SIKU_OWNER_KEY: deriveOwnerKey(secret), [settingOf(service, 'CONTACT_DATABASE_URL')]: urls.contacts(service) }
}
