import { serviceNames, type LibraryName, type ServiceName } from '@siku/contracts'
import { databaseSetting, deriveOwnerKey } from '@siku/service-kit'
import { createHmac } from 'node:crypto'
import { databaseUrls } from '../dev/installation/database-urls.ts'
import { passwordsFrom } from '../dev/installation/secrets.ts'

const databaseHost = 'postgres:5432'

/**
 * Every secret that docker-compose.yml asks for, derived from the one secret of the installation, so that the migration job and the
 * services agree on passwords without anyone copying them.
 */
export function dockerEnvironment(secret: string): Record<string, string> {
  const passwordOf = passwordsFrom(secret)
  const ownerPassword = passwordOf('siku')
  const urls = databaseUrls(`postgres://siku:${ownerPassword}@${databaseHost}/siku`, passwordOf)
  const contactUrls = Object.fromEntries(
    serviceNames.filter(isLibrary).map((library) => [contactSettingOf(library), urls.contacts(library)])
  )
  return {
    SIKU_SECRET: secret,
    SIKU_OWNER_KEY: deriveOwnerKey(secret),
    POSTGRES_PASSWORD: ownerPassword,
    REDIS_PASSWORD: derived(secret, 'redis'),
    MEILI_KEY: derived(secret, 'meilisearch'),
    ...Object.fromEntries(serviceNames.map((service) => [databaseSetting(service), urls.service(service)])),
    ...contactUrls
  }
}

/** The text of a `.env` file; a value never needs quotes. */
export const toEnvFile = (values: Record<string, string>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')

const isLibrary = (service: ServiceName): service is LibraryName => service !== 'gateway' && service !== 'matching'

const contactSettingOf = (library: LibraryName) => databaseSetting(library).replace('_DATABASE_URL', '_CONTACT_DATABASE_URL')

const derived = (secret: string, part: string) => createHmac('sha256', secret).update(`siku/docker/${part}`).digest('base64url')
