import { deriveOwnerKey, generateSigningKey, createTokenSigner, ownerKeyWith, systemNow, type SignToken } from '@siku/service-kit'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '../dev/embedded/index.ts'
import { databaseUrls, type DatabaseUrls } from '../dev/installation/database-urls.ts'
import { ensureDatabase, migrateInstallation } from '../dev/installation/migrate-installation.ts'
import { passwordsFrom } from '../dev/installation/secrets.ts'
import { childServer, type ChildServer } from './child-server.ts'

export type BenchScene = {
  secret: string
  urls: DatabaseUrls
  library: ChildServer
  sign: SignToken
  keyOf: (organisationId: string) => string
  close: () => Promise<void>
}

const secret = 'bench-secret-bench-secret-bench-secret-bench'

/** A PostgreSQL of its own with production settings (fsync on), and one library as a process. */
export async function openScene(): Promise<BenchScene> {
  const folder = mkdtempSync(join(tmpdir(), 'siku-bench-'))
  const server = await startPostgres({ dataDir: folder })
  const passwordOf = passwordsFrom(secret)
  const ownerUrl = await ensureDatabase(server.url)
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
    close: async () => {
      await library.close()
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  }
}
