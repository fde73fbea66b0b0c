import pg from 'pg'
import type { Backend } from './backend.ts'
import { consumerOf, loadBull, producerOf, queueOptions, workerOptions } from './bull.ts'

export const queueSchema = 'bullmq'

export type PostgresOptions = { url: string; poolSize?: number }

/** BullMQ on PostgreSQL: one pool for everything; each listener keeps one of its connections. */
export function createPostgresBackend({ url, poolSize = 20 }: PostgresOptions, onError: (error: unknown) => void): Backend {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    options: `-c search_path=${queueSchema}`,
    application_name: 'siku-queue',
    connectionTimeoutMillis: 2_000,
    idleTimeoutMillis: 10_000,
    query_timeout: 10_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000
  })
  guardErrors(pool, onError)
  return {
    load: loadBull,
    async openProducer(channel) {
      const { Queue, createPostgresBackend: bullPostgres } = await loadBull()
      return releasingPool(pool, () => producerOf(new Queue(channel, { ...queueOptions, connection: pool }, bullPostgres), onError))
    },
    async openConsumer(channel, { concurrency, handle, onBroken }) {
      const { Worker, createPostgresBackend: bullPostgres } = await loadBull()
      const options = { ...workerOptions(concurrency), connection: pool }
      return releasingPool(pool, () => consumerOf(new Worker(channel, (job) => handle(job.data), options, bullPostgres), onBroken))
    },
    async ping() {
      await pool.query('select 1')
    },
    close: () => pool.end()
  }
}

/** A connection that dies in somebody's hands emits `error` on the client, and without a listener that ends the process. */
function guardErrors(pool: pg.Pool, onError: (error: unknown) => void) {
  pool.setMaxListeners(0)
  pool.on('error', onError)
  pool.on('connect', (client) => client.on('error', onError))
  pool.on('release', (_error, client) => {
    if (client.listenerCount('error') === 0) client.on('error', onError)
  })
}

/** BullMQ adds a listener to a pool it was given and never takes it back; replaced consumers would pile them up. */
function releasingPool<T extends { close(how: never): Promise<void> }>(pool: pg.Pool, open: () => T): T {
  const before = new Set(pool.listeners('error'))
  const opened = open()
  const added = pool.listeners('error').filter((listener) => !before.has(listener))
  return {
    ...opened,
    async close(how: never) {
      await opened.close(how)
      for (const listener of added) pool.off('error', listener as (error: Error) => void)
    }
  }
}
