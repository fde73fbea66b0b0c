import type { Actor } from '@siku/contracts'
import type { Database } from '@siku/db'
import { createLogger, createService, TokenInvalid, type Service, type ServiceOptions, type ServicePlugin } from '@siku/service-kit'
import { countingIds, testActors, testClock } from '@siku/testing'
import { Writable } from 'node:stream'

export type Teardown = { teardown: (close: () => unknown) => unknown }

/** Stands where a route under test needs no database; whoever calls it finds out. */
export const noDatabase: Database = {
  withTx: () => Promise.reject(new Error('no database in this test')),
  withRead: () => Promise.reject(new Error('no database in this test')),
  ping: async () => undefined,
  close: async () => undefined,
  gauges: () => ({ size: 0, free: 0, waiting: 0 })
}

const people: Record<string, Actor> = testActors

/** In place of signed tokens: the bearer token is the name of one of the test actors. */
export const byName = async (token: string): Promise<Actor> => {
  const actor = people[token]
  if (!actor) throw TokenInvalid('nobody has this name')
  return { ...actor, requestId: `request-of-${token}` }
}

export const as = (name: string) => ({ authorization: `Bearer ${name}` })

/** A service with a log that can be read. */
export async function testService(t: Teardown, routes: ServicePlugin, options: Partial<ServiceOptions> = {}) {
  const lines: Record<string, unknown>[] = []
  const destination = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>)
      done()
    }
  })
  const app: Service = await createService({
    name: 'test',
    title: 'Test',
    description: 'A service under test',
    db: noDatabase,
    log: createLogger({ name: 'test', destination }),
    verifyToken: byName,
    plugins: [routes],
    strictResponses: true,
    newId: countingIds(),
    now: testClock().now,
    ...options
  })
  t.teardown(() => app.close())
  await app.ready()
  return { app, lines }
}
