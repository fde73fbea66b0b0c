import type { Sql } from 'postgres'
import { LeaseBrokenError } from './errors.ts'
import { createPipeline, sizeOf, type Pipeline } from './pipeline.ts'

/** One transaction's hold on one standing connection. `broken` is set the moment its connection is known to be lost. */
export type Lease = {
  client: Sql
  pipeline: Pipeline
  broken: boolean
  /** From its commit or rollback on, nothing more is taken: it would run outside the transaction. */
  ended: boolean
  /** Rejects when the socket closes: a statement that the driver forgets to settle must not hang its caller. */
  lost: Promise<never>
  loose: () => void
}

export function openLease(client: Sql, pipeline: Pipeline = createPipeline()): Lease {
  const lease: Lease = {
    client,
    pipeline,
    broken: false,
    ended: false,
    lost: undefined as unknown as Promise<never>,
    loose: () => undefined
  }
  lease.lost = new Promise<never>((_resolve, reject) => {
    lease.loose = () => {
      lease.broken = true
      reject(new LeaseBrokenError())
    }
  })
  // Nobody may be waiting when it is lost.
  lease.lost.catch(() => undefined)
  return lease
}

/**
 * Sends one statement on the lease; once the connection is lost nothing more is sent. Statements go in the order of the calls: at once
 * where the driver is sure to put them onto this connection behind those under way, else after those have been answered.
 */
export function sendOn(lease: Lease, query: string, params: readonly unknown[] = [], rows: 'objects' | 'arrays' = 'objects') {
  const { pipeline } = lease
  const statement = { query, params }
  const send = async () => {
    if (lease.broken) throw new LeaseBrokenError()
    try {
      const sent = lease.client.unsafe(query, params as never[], { prepare: true })
      const answer = await Promise.race([rows === 'arrays' ? sent.values() : sent, lease.lost])
      pipeline.learn(statement)
      return answer
    } catch (error) {
      pipeline.forget()
      // The driver may tell of the failed statement a tick before it tells that the socket closed.
      if (isConnectionLoss(error)) lease.broken = true
      throw error
    }
  }
  const size = sizeOf(statement)
  return pipeline.canFollow(statement, size) ? pipeline.follow(size, send) : pipeline.wait(send)
}

const lossCodes = /^(CONNECTION_|ECONN|EPIPE|ETIMEDOUT|57P0[123]|08)/

const isConnectionLoss = (error: unknown): boolean =>
  error instanceof LeaseBrokenError || lossCodes.test((error as { code?: string } | null)?.code ?? '')

/**
 * What drizzle gets in place of the client. Each statement looks first whether the lease still stands: postgres.js would otherwise
 * reconnect and run a late statement, or the COMMIT, inside somebody else's transaction.
 */
export function guardedClient(lease: Lease) {
  const send = async (query: string, params: unknown[], rows: 'objects' | 'arrays') => {
    if (lease.ended) throw new LeaseBrokenError()
    return sendOn(lease, query, params, rows)
  }
  // drizzle awaits what `unsafe` gives, as it would the driver's own lazy query.
  const unsafe = (query: string, params: unknown[] = []) => ({
    values: () => send(query, params, 'arrays'),
    rows: () => send(query, params, 'objects'),
    // oxlint-disable-next-line unicorn/no-thenable
    then: (onDone: (rows: unknown) => unknown, onError?: (error: unknown) => unknown) =>
      send(query, params, 'objects').then(onDone, onError)
  })
  const begin = () => {
    throw new Error('Nested transactions are not offered; pass the transaction on instead')
  }
  return { options: lease.client.options, unsafe, begin, savepoint: begin }
}
