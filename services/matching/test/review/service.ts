import type { Actor } from '@siku/contracts'
import { TokenInvalid, type Service } from '@siku/service-kit'
import { testActors } from '@siku/testing'
import { createMatching } from '../../src/app.ts'
import type { Priorities } from '../../src/review/priorities-schema.ts'
import { log, matchingDatabase, settle, thesaurus } from '../support.ts'
import type { DocumentToWrite } from '@siku/db'

export type Who = keyof typeof testActors
export type Answer<T = Record<string, never>> = { status: number; body: T; headers: Record<string, unknown> }
type Settings = { priorities?: Priorities }
type Call = { who?: Who | Actor; body?: object; headers?: Record<string, string> }

/** The service over a fresh database; `call` speaks as one of the test people, as the gateway's token would. */
export async function matchingService(
  t: { teardown: (end: () => unknown) => void },
  documents: readonly DocumentToWrite[] = [],
  options: Settings = {}
) {
  const place = await matchingDatabase(t)
  const worker = place.worker()
  await settle(place, worker, documents)
  const special = new Map<string, Actor>()
  const verifyToken = async (token: string) => {
    const actor = (testActors as Record<string, Actor>)[token] ?? special.get(token)
    if (!actor) throw TokenInvalid('unknown')
    return actor
  }
  const { db, clock, newId } = place
  /** The same database served again, by other settings if need be. */
  const serve = async (settings: Settings = {}) => {
    const shared = { db, log, verifyToken, thesaurus, now: clock.now, newId, strictResponses: true }
    const app: Service = await createMatching({ ...shared, ...settings })
    t.teardown(() => app.close())

    const call = async <T = Record<string, never>>(
      method: 'GET' | 'POST',
      url: string,
      { who, body, headers }: Call = {}
    ): Promise<Answer<T>> => {
      const token = typeof who === 'object' ? `special-${special.size}` : String(who)
      if (typeof who === 'object') special.set(token, who)
      const response = await app.inject({
        method,
        url,
        ...(body ? { payload: body } : {}),
        headers: { ...(who ? { authorization: `Bearer ${token}` } : {}), ...headers }
      })
      return { status: response.statusCode, body: response.json<T>(), headers: response.headers }
    }
    return { app, call }
  }
  const { app, call } = await serve(options)
  return { ...place, app, worker, call, serve, settle: (more: readonly DocumentToWrite[]) => settle(place, worker, more) }
}
