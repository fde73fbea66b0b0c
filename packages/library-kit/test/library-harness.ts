import {
  ownerKeyWith,
  createLogger,
  createTokenSigner,
  createTokenVerifier,
  generateSigningKey,
  newId,
  publicKeySet
} from '@siku/service-kit'
import type { Actor } from '@siku/contracts'
import { connectDatabase } from '@siku/db'
import { testClock, testDatabase, type Teardown } from '@siku/testing'
import { contactRoleOf, createLibraryService, roleOf, type Library } from '@siku/library-kit'

export const testOwnerKey = 'dGVzdC1vd25lci1rZXktdGVzdC1vd25lci1rZXktdGU'

export type Call = {
  actor: Actor
  method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  path?: string
  body?: unknown
  headers?: Record<string, string>
}

/** One library on a database of its own, called over its real routes with tokens as the gateway would sign them. */
export async function libraryHarness(t: Teardown, library: Library) {
  const database = await testDatabase(t)
  const clock = testClock()
  const open = (url: string, poolSize: number) => {
    const connected = connectDatabase({ url, applicationName: 'test', poolSize })
    t.teardown(() => connected.close())
    return connected
  }
  const db = open(database.urlFor(roleOf(library.schemaName)), 4)
  const contacts = open(database.urlFor(contactRoleOf(library.schemaName)), 1)
  const owner = open(database.ownerUrl, 1)
  const keyOf = ownerKeyWith(testOwnerKey)
  const log = createLogger({ name: 'test', level: 'silent' })
  const key = await generateSigningKey('gateway')
  const sign = await createTokenSigner({ key, now: clock.now })
  const app = await createLibraryService({
    library,
    db,
    contacts,
    keyOf,
    log,
    now: clock.now,
    newId,
    verifyToken: createTokenVerifier({ audience: library.name, keys: () => publicKeySet([key]), now: clock.now }),
    strictResponses: true
  })
  t.teardown(() => app.close())

  const call = async ({ actor, method = 'GET', path = '', body, headers = {} }: Call) => {
    const token = await sign(actor, library.name)
    const answer = await app.inject({
      method,
      url: `/v1/${library.collection}${path}`,
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(body === undefined ? {} : { payload: body as object })
    })
    const isJson = /json/.test(String(answer.headers['content-type']))
    return { status: answer.statusCode, headers: answer.headers, body: isJson ? answer.json() : null, bytes: answer.rawPayload }
  }
  /** One step of a record under its current revision. */
  const step = (actor: Actor, record: { id: string; revision: number }, name: string, body?: unknown) =>
    call({
      actor,
      method: 'POST',
      path: `/${record.id}/${name}`,
      headers: { 'if-match': `"r${record.revision}"` },
      ...(body === undefined ? {} : { body })
    })

  return { app, db, contacts, owner, database, clock, call, step, keyOf, log, newId }
}

/** The actor with the organisation key that the published rows carry. */
export const withKey = (actor: Actor): Actor => ({
  ...actor,
  organisationKey: actor.organisationId === null ? null : ownerKeyWith(testOwnerKey)(actor.organisationId)
})
