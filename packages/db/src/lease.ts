import type { Sql } from 'postgres'
import { LeaseBrokenError } from './errors.ts'

/** One transaction's hold on one standing connection. `broken` is set the moment its socket closes. */
export type Lease = { client: Sql; broken: boolean; ended: boolean }

/**
 * What drizzle gets in place of the client. Statements run one after another, and each looks first whether the lease still stands:
 * postgres.js would otherwise reconnect and run a late statement, or the COMMIT, inside somebody else's transaction.
 */
export function guardedClient(lease: Lease) {
  let previous: Promise<unknown> = Promise.resolve()
  const send = (run: () => Promise<unknown>) => {
    const turn = previous.then(() => {
      if (lease.broken || lease.ended) throw new LeaseBrokenError()
      return run()
    })
    previous = turn.catch(() => undefined)
    return turn
  }
  const unsafe = (query: string, params: unknown[] = []) => {
    const statement = () => lease.client.unsafe(query, params as never[], { prepare: true })
    return {
      values: () => send(async () => statement().values()),
      then: (onDone: (rows: unknown) => unknown, onError?: (error: unknown) => unknown) =>
        send(async () => statement()).then(onDone, onError)
    }
  }
  const begin = () => {
    throw new Error('Nested transactions are not offered; pass the transaction on instead')
  }
  return { options: lease.client.options, unsafe, begin, savepoint: begin }
}
