import type { Sql } from 'postgres'
import { LeaseBrokenError } from './errors.ts'

/** One transaction's hold on one standing connection. `broken` is set the moment its connection is known to be lost. */
export type Lease = {
  client: Sql
  broken: boolean
  ended: boolean
  /** Rejects when the socket closes: a statement that the driver forgets to settle must not hang its caller. */
  lost: Promise<never>
  loose: () => void
}

export function openLease(client: Sql): Lease {
  const lease: Lease = { client, broken: false, ended: false, lost: undefined as unknown as Promise<never>, loose: () => undefined }
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

/** Sends one statement on the lease; once the connection is lost nothing more is sent. */
export async function sendOn<T>(lease: Lease, statement: () => PromiseLike<T>): Promise<T> {
  if (lease.broken || lease.ended) throw new LeaseBrokenError()
  try {
    return await Promise.race([statement(), lease.lost])
  } catch (error) {
    // The driver may tell of the failed statement a tick before it tells that the socket closed.
    if (isConnectionLoss(error)) lease.broken = true
    throw error
  }
}

const lossCodes = /^(CONNECTION_|ECONN|EPIPE|ETIMEDOUT|57P0[123]|08)/

const isConnectionLoss = (error: unknown): boolean =>
  error instanceof LeaseBrokenError || lossCodes.test((error as { code?: string } | null)?.code ?? '')

/**
 * What drizzle gets in place of the client. Statements run one after another, and each looks first whether the lease still stands:
 * postgres.js would otherwise reconnect and run a late statement, or the COMMIT, inside somebody else's transaction.
 */
export function guardedClient(lease: Lease) {
  let previous: Promise<unknown> = Promise.resolve()
  const send = <T>(statement: () => PromiseLike<T>): Promise<T> => {
    const turn = previous.then(() => sendOn(lease, statement))
    previous = turn.catch(() => undefined)
    return turn
  }
  // drizzle awaits what `unsafe` gives, as it would the driver's own lazy query.
  const unsafe = (query: string, params: unknown[] = []) => {
    const statement = () => lease.client.unsafe(query, params as never[], { prepare: true })
    return {
      values: () => send(() => statement().values()),
      // oxlint-disable-next-line unicorn/no-thenable
      then: (onDone: (rows: unknown) => unknown, onError?: (error: unknown) => unknown) => send(statement).then(onDone, onError)
    }
  }
  const begin = () => {
    throw new Error('Nested transactions are not offered; pass the transaction on instead')
  }
  return { options: lease.client.options, unsafe, begin, savepoint: begin }
}
