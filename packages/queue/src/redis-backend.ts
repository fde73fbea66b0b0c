import { Redis } from 'ioredis'
import type { Backend } from './backend.ts'
import { consumerOf, loadBull, producerOf, queueOptions, workerOptions } from './bull.ts'
import { QueueUnavailableError } from './errors.ts'
import { within } from './within.ts'

const reconnectMs = (attempt: number) => Math.min(50 * 2 ** Math.min(attempt, 5), 1_000)

/** BullMQ on Redis. The producer's connection fails at once when Redis is away; workers' connections wait for it. */
export function createRedisBackend({ url }: { url: string }, onError: (error: unknown) => void): Backend {
  const client = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: 400,
    connectTimeout: 2_000,
    retryStrategy: reconnectMs,
    connectionName: 'siku-queue'
  })
  client.setMaxListeners(0)
  client.on('error', onError)

  return {
    load: loadBull,
    async openProducer(channel) {
      const { Queue } = await loadBull()
      // BullMQ would wait for the connection for ever, and leave listeners on it each time.
      await whenReady(client)
      return producerOf(new Queue(channel, { ...queueOptions, connection: client }), onError)
    },
    async openConsumer(channel, { concurrency, handle, onBroken }) {
      const { Worker } = await loadBull()
      const { connection, isReady, drop } = openWorkerClients(url, onError)
      const worker = new Worker(channel, (job) => handle(job.data), { ...workerOptions(concurrency), connection })
      const consumer = consumerOf(worker, onBroken)
      return {
        ...consumer,
        async close(how) {
          await consumer.close(isReady() ? how : 'abandon')
          drop()
        }
      }
    },
    async ping() {
      await whenReady(client)
      await client.ping()
    },
    async close() {
      if (client.status === 'ready') await within(1_000, client.quit()).catch(onError)
      client.disconnect()
    }
  }
}

/**
 * A worker blocks on a copy of the connection it is given, and leaves that copy reconnecting for ever when it is closed while Redis is
 * away; so both are kept in hand and dropped here.
 */
function openWorkerClients(url: string, onError: (error: unknown) => void) {
  const connection = new Redis(url, {
    maxRetriesPerRequest: null,
    connectTimeout: 2_000,
    retryStrategy: reconnectMs,
    connectionName: 'siku-queue'
  })
  const clients = [connection]
  const duplicate = connection.duplicate.bind(connection)
  connection.duplicate = (override) => {
    const copy = duplicate(override)
    copy.on('error', onError)
    clients.push(copy)
    return copy
  }
  connection.on('error', onError)
  return {
    connection,
    isReady: () => clients.every((client) => client.status === 'ready'),
    drop: () => clients.forEach((client) => client.disconnect())
  }
}

/** A connection being made is worth a moment's wait; the caller bounds it. */
async function whenReady(client: Redis): Promise<void> {
  if (client.status === 'ready') return
  await new Promise<void>((resolve, reject) => {
    const done = (settle: () => void) => () => {
      client.off('ready', ready)
      client.off('error', failed)
      client.off('end', failed)
      settle()
    }
    const ready = done(resolve)
    const failed = done(() => reject(new QueueUnavailableError('connecting to Redis')))
    client.once('ready', ready)
    client.once('error', failed)
    client.once('end', failed)
  })
}
