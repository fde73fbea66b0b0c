import { deriveOwnerKey, generateSigningKey, createTokenSigner, ownerKeyWith, systemNow, type SignToken } from '@siku/service-kit'
import { databaseUrls, type DatabaseUrls } from '../dev/installation/database-urls.ts'
import { ensureDatabase, migrateInstallation } from '../dev/installation/migrate-installation.ts'
import type { BenchServer } from './bench-server.ts'
import { childServer, type ChildServer } from './child-server.ts'

export type BenchScene = {
  secret: string
  urls: DatabaseUrls
  library: ChildServer
  sign: SignToken
  keyOf: (organisationId: string) => string
  close: () => Promise<void>
}

/** An installation's database, and one library as a process. */
export async function openScene({ url, secret, passwordOf }: BenchServer): Promise<BenchScene> {
  const ownerUrl = await ensureDatabase(url)
  await migrateInstallation(ownerUrl, passwordOf)
  const urls = databaseUrls(ownerUrl, passwordOf)
  const key = await generateSigningKey('gateway')
  const library = await childServer('./serve-library.ts', {
    SIKU_BENCH_DATABASE_URL: urls.service('technology-reserve'),
    SIKU_BENCH_CONTACT_URL: urls.contacts('technology-reserve'),
    SIKU_BENCH_KEY: JSON.stringify(key.privateJwk),
    SIKU_BENCH_OWNER_KEY: deriveOwnerKey(secret)
  })
  return {
    secret,
    urls,
    library,
    keyOf: ownerKeyWith(deriveOwnerKey(secret)),
    sign: await createTokenSigner({ key, now: systemNow }),
    close: library.close
  }
}
