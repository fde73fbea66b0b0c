import { connectDatabase, type Database } from '@siku/db'
import { createSecrets, openKeyRing } from '@siku/gateway'
import { deriveOwnerKey, ownerKeyWith, systemNow } from '@siku/service-kit'
import { loadThesaurus, type Thesaurus } from '@siku/thesaurus'
import { Redis } from 'ioredis'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { databaseUrls } from '../../dev/installation/database-urls.ts'
import { ensureDatabase, migrateInstallation } from '../../dev/installation/migrate-installation.ts'
import { passwordsFrom } from '../../dev/installation/secrets.ts'
import { spawnInstallation, type ProcessName, type SpawnedInstallation } from '../../dev/installation/spawn-installation.ts'
import { serviceCaller, type CallService } from '../../dev/seed/call-service.ts'
import { freePort, startPostgres, startRedis, type RunningPostgres, type RunningRedis } from '../../dev/embedded/index.ts'

export type Scene = {
  folder: string
  installation: SpawnedInstallation
  call: CallService
  keyOf: (organisationId: string) => string
  thesaurus: Thesaurus
  ownerUrl: string
  /** Connection of the judge and of waiting; made anew after PostgreSQL was killed. */
  openDatabase: () => Database
  postgres: { pid: () => number; kill: () => Promise<void> }
  redis: { present: boolean; pid: () => number; kill: () => Promise<void>; flush: () => Promise<void>; leave: () => Promise<void> }
  close: () => Promise<void>
}

const secret = 'harness-secret-harness-secret-harness-secret'
export const processes: readonly ProcessName[] = [
  'gateway/all',
  'technology-reserve/api',
  'technology-reserve/worker',
  'cooperation-demand/api',
  'cooperation-demand/worker',
  'matching/worker'
]

/** A whole installation of separate processes on servers of its own, so that any of them can be killed. */
export async function openScene({ queue = true }: { queue?: boolean } = {}): Promise<Scene> {
  const folder = mkdtempSync(join(tmpdir(), 'siku-harness-'))
  const [pgPort, redisPort] = [await freePort(), await freePort()]
  const startDatabase = () => startPostgres({ dataDir: join(folder, 'data'), port: pgPort, test: true })
  const startQueue = () => startRedis({ dir: join(folder, 'redis'), port: redisPort })
  let server: RunningPostgres = await startDatabase()
  let redis: RunningRedis | undefined = queue ? await startQueue() : undefined

  const passwordOf = passwordsFrom(secret)
  const ownerUrl = await ensureDatabase(server.url)
  await migrateInstallation(ownerUrl, passwordOf)
  const urls = databaseUrls(ownerUrl, passwordOf)
  const installation = await spawnInstallation({
    urls,
    secret,
    processes,
    logDir: join(folder, 'logs'),
    queue,
    supervise: true,
    ...(redis ? { redisUrl: redis.url } : {})
  })
  await installation.waitUntilReady()
  const { call, close: closeCaller } = serviceCaller({
    services: installation.services,
    sign: await signer(urls.service('gateway')),
    connections: 16
  })

  return {
    folder,
    installation,
    call,
    ownerUrl,
    keyOf: ownerKeyWith(deriveOwnerKey(secret)),
    thesaurus: loadThesaurus(),
    openDatabase: () => connectDatabase({ url: urls.service('matching'), applicationName: 'harness', poolSize: 2 }),
    postgres: {
      pid: () => server.pid,
      kill: async () => {
        process.kill(server.pid, 'SIGKILL')
        await server.stop()
        server = await startDatabase()
      }
    },
    redis: {
      present: redis !== undefined,
      pid: () => redis?.pid ?? 0,
      kill: async () => {
        if (!redis) return
        process.kill(redis.pid, 'SIGKILL')
        await redis.stop()
        redis = await startQueue()
      },
      flush: async () => {
        const client = new Redis(redis?.url ?? '')
        await client.flushall()
        await client.quit()
      },
      leave: async () => {
        await redis?.stop()
        redis = undefined
      }
    },
    close: async () => {
      await closeCaller()
      await installation.close()
      await redis?.stop()
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

/** Tokens as the gateway signs them; the key is read once, for PostgreSQL may be gone later. */
async function signer(url: string) {
  const db = connectDatabase({ url, applicationName: 'harness', poolSize: 1 })
  try {
    const ring = await openKeyRing({ db, now: systemNow, secrets: createSecrets(secret), requestId: 'harness' })
    return ring.sign
  } finally {
    await db.close()
  }
}

export type Victim = { name: string; kill: () => Promise<void> }

/** Everything that can be killed: each process, PostgreSQL, Redis. Killing means SIGKILL, then starting it again. */
export function victimsOf({ installation, postgres, redis }: Scene): Victim[] {
  const services = processes.map((name): Victim => ({
    name,
    kill: async () => {
      await installation.stop(name, 'SIGKILL')
      installation.start(name)
    }
  }))
  return [...services, { name: 'postgres', kill: postgres.kill }, ...(redis.present ? [{ name: 'redis', kill: redis.kill }] : [])]
}
